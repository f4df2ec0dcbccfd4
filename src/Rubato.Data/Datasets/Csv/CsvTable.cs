using System.Collections.Immutable;
using Rubato.Data.Datasets.Reading;
using Rubato.Numerics;

namespace Rubato.Data.Datasets.Csv;

/// <summary>A table as it stands in its file: features row by row, and the class of each row.</summary>
/// <remarks>
/// Two passes over the file's bytes. The first counts records and fields, so that the second can store into arrays of the exact size;
/// it stores only where the counts say that no row is ragged, else it just collects findings. What is allocated therefore follows from
/// the fields that the file really holds: at most 8 bytes a field, of at least 2 bytes in the file.
/// </remarks>
internal sealed class CsvTable
{
    private CsvTable(int features, double[] values, ushort[] labels, ImmutableArray<string> classes)
    {
        Features = features;
        Values = values;
        Labels = labels;
        Classes = classes;
    }

    internal int Features { get; }

    internal int Rows => Labels.Length;

    internal double[] Values { get; }

    internal ushort[] Labels { get; }

    internal ImmutableArray<string> Classes { get; }

    internal static CsvTable Read(InputFile file, string? labelColumn)
    {
        var text = file.ReadAll();
        CsvText.Require(file, text);
        var header = CsvHeader.Read(file, text, labelColumn);
        var (rows, fields) = Count(text);
        var even = fields == rows * header.Columns;
        var values = even ? NewValues(file, rows, header.Columns - 1) : [];
        var labels = even ? new ushort[rows] : [];
        var classes = new CsvClasses(file.Name, header.LabelName);
        var faults = new CsvFaults();
        ReadRows(text, header, classes, faults, values, labels);
        var findings = faults.Findings(file.Name, text, header, rows);
        if (ClassesFinding(header, rows, classes, faults) is { } finding)
        {
            findings.Add(new Finding(file.Name, null, finding));
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        return new CsvTable(header.Columns - 1, values, labels, classes.Sort(labels));
    }

    private static double[] NewValues(InputFile file, long rows, int features) =>
        rows * features <= Array.MaxLength
            ? new double[rows * features]
            : throw new InvalidInputException($"{file.Name} holds {rows} rows of {features} features; up to {Array.MaxLength} values "
                + $"can be held.");

    private static (long Rows, long Fields) Count(ReadOnlySpan<byte> text)
    {
        var reader = new CsvReader(text);
        while (!reader.Next().Last)
        {
            // The header.
        }

        var (rows, fields) = (0L, 0L);
        while (reader.HasRecord)
        {
            rows++;
            bool last;
            do
            {
                last = reader.Next().Last;
                fields++;
            }
            while (!last);
        }

        return (rows, fields);
    }

    private static void ReadRows(
        ReadOnlySpan<byte> text, CsvHeader header, CsvClasses classes, CsvFaults faults, Span<double> values, Span<ushort> labels)
    {
        var reader = new CsvReader(text);
        while (!reader.Next().Last)
        {
            // The header.
        }

        var next = 0;
        for (var row = 0; reader.HasRecord; row++)
        {
            var line = reader.Line;
            var column = 0;
            CsvField field;
            do
            {
                field = reader.Next();
                var known = faults.Count;
                if (field.Fault != CsvFault.None)
                {
                    faults.Add(field.Fault == CsvFault.OpenQuote ? CsvFaultKind.OpenQuote : CsvFaultKind.StrayQuote, line, column);
                }
                else if (column == header.LabelIndex)
                {
                    var label = classes.IndexOf(field, line, column, faults);
                    if (faults.Count == known && row < labels.Length)
                    {
                        labels[row] = label;
                    }
                }
                else if (column < header.Columns)
                {
                    var value = Number(line, column, field, faults);
                    if (next < values.Length)
                    {
                        values[next++] = value;
                    }
                }

                column++;
            }
            while (!field.Last);

            if (column != header.Columns)
            {
                faults.AddRagged(line, column, field.Value);
            }
        }
    }

    private static double Number(int line, int column, CsvField field, CsvFaults faults)
    {
        var read = WrittenNumber.TryRead(field.Value, out var value);

        // What the network gets is single precision, so a larger number is infinite to it.
        if (read && Math.Abs(value) <= float.MaxValue)
        {
            return value;
        }

        var kind = field.Value.IsEmpty ? CsvFaultKind.Empty : read ? CsvFaultKind.NotFinite : CsvFaultKind.NoNumber;
        faults.Add(kind, line, column, field.Value);
        return 0;
    }

    private static string? ClassesFinding(CsvHeader header, long rows, CsvClasses classes, CsvFaults faults) =>
        rows == 0 ? "holds a header and no rows; it needs rows of at least two classes."
        : classes.HasTooMany ? $"the label column '{header.LabelName}' holds more than {CsvClasses.Most} different labels; name the column "
            + "that holds the class."
        : classes.Count == 1 && faults.Count == 0 ? $"all rows have the same label in column '{header.LabelName}'; a table for "
            + "classification needs at least two classes."
        : null;
}
