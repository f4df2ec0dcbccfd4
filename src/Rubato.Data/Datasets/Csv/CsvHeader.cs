using System.Text;
using Rubato.Data.Datasets.Reading;
using Rubato.Language;

namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// What the first record of a table says. Names stay in the file's bytes: a wide header would cost twenty times its size as strings.
/// </summary>
/// <param name="Columns">The number of columns.</param>
/// <param name="LabelIndex">Which of them, from 0, holds the labels.</param>
/// <param name="LabelName">Its name.</param>
internal sealed record CsvHeader(int Columns, int LabelIndex, string LabelName)
{
    private const int NamesShown = 10;

    internal static CsvHeader Read(InputFile file, ReadOnlySpan<byte> text, string? labelColumn)
    {
        var reader = new CsvReader(text);
        if (!reader.HasRecord)
        {
            throw new InvalidInputException(new Finding(file.Name, null, "is empty; it needs a header and rows"));
        }

        if (labelColumn is null)
        {
            throw new InvalidInputException(new Finding(
                nameof(DatasetOptions.Label),
                null,
                $"is missing; {file.Name} needs to know its label column",
                $"name one of {Names(text)}"));
        }

        var wanted = Encoding.UTF8.GetBytes(labelColumn);
        var (columns, index, matches) = (0, -1, 0);
        bool last;
        do
        {
            var field = reader.Next();
            last = field.Last;
            if (field.Fault != CsvFault.None)
            {
                throw new InvalidInputException(new Finding($"The header of {file.Name} breaks the quoting in field {columns + 1}")
                {
                    Remedy = "put the whole name in quotes and double a quote that is meant",
                });
            }

            if (Same(field, wanted))
            {
                index = columns;
                matches++;
            }

            columns++;
        }
        while (!last);

        return (matches, columns) switch
        {
            (0, _) => throw new InvalidInputException(Missing(file, text, labelColumn)),
            ( > 1, _) => throw new InvalidInputException(new Finding(
                file.Name,
                null,
                $"has {matches} columns named '{labelColumn}'",
                "rename all but the label's")),
            (_, 1) => throw new InvalidInputException(new Finding(
                file.Name,
                null,
                $"has no column but its label '{labelColumn}'; it needs at least one numeric feature")),
            _ => new CsvHeader(columns, index, labelColumn),
        };
    }

    /// <summary>The name of a column, for a message.</summary>
    internal static string NameAt(ReadOnlySpan<byte> text, int column)
    {
        var reader = new CsvReader(text);
        var field = reader.Next();
        for (var i = 0; i < column && !field.Last; i++)
        {
            field = reader.Next();
        }

        return Shown.Of(field.Value);
    }

    private static bool Same(CsvField field, ReadOnlySpan<byte> wanted)
    {
        if (!field.HasEscapes)
        {
            return field.Value.SequenceEqual(wanted);
        }

        var rest = field.Value;
        while (!wanted.IsEmpty && !rest.IsEmpty && rest[0] == wanted[0])
        {
            rest = rest[(rest[0] == '"' ? 2 : 1)..];
            wanted = wanted[1..];
        }

        return wanted.IsEmpty && rest.IsEmpty;
    }

    private static Finding Missing(InputFile file, ReadOnlySpan<byte> text, string labelColumn)
    {
        var near = Suggestion.Nearest(labelColumn, [.. FirstNames(text)]);
        return new Finding(
            nameof(DatasetOptions.Label),
            labelColumn,
            $"but {file.Name} has no column of that name",
            $"{(near is null ? "its columns are" : $"did you mean '{near}'? Its columns are")} {Names(text)}");
    }

    private static string Names(ReadOnlySpan<byte> text)
    {
        var names = FirstNames(text);
        return string.Join(", ", names) + (names.Count == NamesShown ? ", ..." : "");
    }

    private static List<string> FirstNames(ReadOnlySpan<byte> text)
    {
        var names = new List<string>();
        var reader = new CsvReader(text);
        bool last;
        do
        {
            var field = reader.Next();
            last = field.Last;
            names.Add(Shown.Of(field.Value));
        }
        while (!last && names.Count < NamesShown);

        return names;
    }
}
