using System.Collections.Immutable;
using System.Globalization;
using Rubato.Data.Datasets.Reading;

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
        if (file.IsGzip())
        {
            throw new InvalidInputException($"{file.Name} is gzip data; unpack it with gunzip first.");
        }

        var text = file.ReadAll();
        var header = CsvHeader.Read(file, text, labelColumn);
        var (rows, fields) = Count(text);
        var even = fields == rows * header.Columns;
        var values = even ? NewValues(file, rows, header.Columns - 1) : [];
        var labels = even ? new ushort[rows] : [];
        var classes = new CsvClasses(file.Name, header.LabelName);
        var findings = new FindingList();
        ReadRows(file, text, header, classes, findings, values, labels);
        findings.ThrowIfAny(file.Name);
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
        InputFile file,
        ReadOnlySpan<byte> text,
        CsvHeader header,
        CsvClasses classes,
        FindingList findings,
        Span<double> values,
        Span<ushort> labels)
    {
        var reader = new CsvReader(text);
        while (!reader.Next().Last)
        {
            // The header.
        }

        var row = 0;
        var next = 0;
        for (; reader.HasRecord; row++)
        {
            var line = reader.Line;
            var column = 0;
            bool last;
            do
            {
                var field = reader.Next();
                last = field.Last;
                var known = findings.Count;
                if (field.Fault != CsvFault.None)
                {
                    AddFault(findings, file, line, column, field.Fault);
                }
                else if (column == header.LabelIndex)
                {
                    var label = classes.IndexOf(field, line, findings);
                    if (findings.Count == known && row < labels.Length)
                    {
                        labels[row] = label;
                    }
                }
                else if (column < header.Columns)
                {
                    var value = Number(file, text, line, column, field, findings);
                    if (next < values.Length)
                    {
                        values[next++] = value;
                    }
                }

                column++;
            }
            while (!last);

            if (column != header.Columns)
            {
                findings.Add(file.Name, line, $"it has {column} {(column == 1 ? "field" : "fields")}, the header has "
                    + $"{header.Columns}; every row needs one field a column.");
            }
        }

        if (row == 0)
        {
            findings.Add(file.Name, $"holds a header and no rows; it needs rows of at least two classes.");
        }
        else if (findings.Count == 0 && classes.Count == 1)
        {
            findings.Add(file.Name, $"all rows have the same label in column '{header.LabelName}'; a table for classification "
                + $"needs at least two classes.");
        }
    }

    private static double Number(InputFile file, ReadOnlySpan<byte> text, int line, int column, CsvField field, FindingList findings)
    {
        var read = double.TryParse(field.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);

        // What the network gets is single precision, so a larger number is infinite to it.
        if (read && Math.Abs(value) <= float.MaxValue)
        {
            return value;
        }

        if (field.Value.IsEmpty)
        {
            findings.Add(file.Name, line, $"it has nothing in column '{CsvHeader.NameAt(text, column)}'; every feature needs a "
                + $"number.");
        }
        else if (read)
        {
            findings.Add(file.Name, line, $"it has '{Shown.Of(field.Value)}' in column '{CsvHeader.NameAt(text, column)}'; it "
                + $"must be a finite number within single precision (up to 3.4e38).");
        }
        else
        {
            findings.Add(file.Name, line, $"it has '{Shown.Of(field.Value)}' in column '{CsvHeader.NameAt(text, column)}'; it "
                + $"must be a number, as in every column but the label's.");
        }

        return 0;
    }

    private static void AddFault(FindingList findings, InputFile file, int line, int column, CsvFault fault)
    {
        if (fault == CsvFault.OpenQuote)
        {
            findings.Add(file.Name, line, $"it opens a quote in field {column + 1} that is never closed; close it, or double a "
                + $"quote that is meant.");
        }
        else
        {
            findings.Add(file.Name, line, $"it has a quote within field {column + 1}; put the whole field in quotes and double "
                + $"the quote.");
        }
    }
}
