using System.Globalization;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// What is wrong with the rows of a table. Rows with the same fault in the same column become one sentence, which says the first of them
/// and how many there are.
/// </summary>
/// <remarks>
/// Only the first kinds are kept, the others counted, so that a hostile file cannot make a report many times its own size.
/// </remarks>
internal sealed class CsvFaults
{
    private const int MostShown = 20;
    private readonly Dictionary<(CsvFaultKind Kind, int Column), Row> _kinds = [];
    private long _beyond;

    internal int Count { get; private set; }

    /// <summary>Adds a fault of a row.</summary>
    /// <param name="kind">What is wrong.</param>
    /// <param name="line">Where the row begins.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="shown">What stands there.</param>
    internal void Add(CsvFaultKind kind, int line, int column, ReadOnlySpan<byte> shown = default) => Add(kind, line, column, 0, shown);

    /// <summary>Adds a row that has another number of fields than the header.</summary>
    /// <param name="line">Where the row begins.</param>
    /// <param name="fields">How many it has.</param>
    /// <param name="last">What stands in the last of them.</param>
    internal void AddRagged(int line, int fields, ReadOnlySpan<byte> last) => Add(CsvFaultKind.Ragged, line, 0, fields, last);

    private void Add(CsvFaultKind kind, int line, int column, int fields, ReadOnlySpan<byte> shown)
    {
        Count++;
        if (_kinds.TryGetValue((kind, column), out var row))
        {
            row.Rows++;
            row.IsMixed |= fields != row.Fields;
        }
        else if (_kinds.Count < MostShown)
        {
            _kinds.Add((kind, column), new Row(line, fields, Shown.Of(shown)));
        }
        else
        {
            _beyond++;
        }
    }

    /// <summary>One sentence for each kind and column.</summary>
    internal List<Finding> Findings(string file, ReadOnlySpan<byte> text, CsvHeader header, long rows)
    {
        var findings = new List<Finding>();
        foreach (var ((kind, column), first) in _kinds)
        {
            findings.Add(first.Rows == rows && rows > 1 && OfEveryRow(kind, column, first, text, header) is { } whole
                ? new Finding(file, null, whole.Rule, whole.Remedy)
                : OfSome(file, kind, column, first, text, header));
        }

        if (_beyond > 0)
        {
            findings.Add(new Finding(file, null, $"has {_beyond} more findings of these kinds"));
        }

        return findings;
    }

    private static (string Rule, string? Remedy)? OfEveryRow(
        CsvFaultKind kind, int column, Row first, ReadOnlySpan<byte> text, CsvHeader header)
    {
        var name = NameOf(text, column);
        return kind switch
        {
            CsvFaultKind.Empty when column == header.Columns - 1 && name.Length == 0 =>
                ("the header and every row end with a comma, which begins a column without a name", "remove these commas"),
            CsvFaultKind.Empty => ($"column '{name}' is empty in every row", "fill it, or remove it"),
            CsvFaultKind.NoNumber => (
                $"column '{name}' holds words, such as '{first.Shown}' in line {first.Line}, and no number",
                "remove it, or write numbers in place of the words: every column but the label's must hold numbers"),
            CsvFaultKind.Ragged when first.IsMixed => null,
            CsvFaultKind.Ragged when first.Fields == header.Columns - 1 && NameOf(text, first.Fields).Length == 0 =>
                ("the header ends with a comma, which begins a column without a name, and no row has it", "remove that comma"),
            CsvFaultKind.Ragged when first.Fields == header.Columns + 1 && first.Shown.Length == 0 =>
                ("every row ends with a comma, but the header does not", "remove these commas"),
            CsvFaultKind.Ragged => (
                $"every row has {FieldsOf(first)}, but the header has {header.Columns}",
                "give the header one name for each field of a row"),
            _ => null,
        };
    }

    private static Finding OfSome(string file, CsvFaultKind kind, int column, Row first, ReadOnlySpan<byte> text, CsvHeader header)
    {
        var name = NameOf(text, column);
        var (fault, rule) = kind switch
        {
            CsvFaultKind.NoNumber =>
                ($"it has '{first.Shown}' in column '{name}'", "it must be a number, as in every column but the label's"),
            CsvFaultKind.NotFinite =>
                ($"it has '{first.Shown}' in column '{name}'", "it must be a finite number within single precision (up to 3.4e38)"),
            CsvFaultKind.Empty => ($"it has nothing in column '{name}'", "every feature needs a number"),
            CsvFaultKind.NoLabel => ($"it has nothing in the label column '{name}'", "every row needs a label"),
            CsvFaultKind.BadLabel => (
                $"it has '{first.Shown}' in the label column '{name}'",
                $"a label must be UTF-8 text of up to {CsvClasses.LongestLabel} characters"),
            CsvFaultKind.StrayQuote =>
                ($"it has a quote within field {column + 1}", "put the whole field in quotes and double the quote"),
            CsvFaultKind.OpenQuote =>
                ($"it opens a quote in field {column + 1} that is never closed", "close it, or double a quote that is meant"),
            _ => ($"it has {FieldsOf(first)}, the header has {header.Columns}", "every row needs one field a column"),
        };
        var others = (first.Rows - 1) switch
        {
            0 => "",
            1 => ", and 1 more row has the same fault",
            var more => string.Create(CultureInfo.InvariantCulture, $", and {more} more rows have the same fault"),
        };
        return new Finding(file, null, $"{fault}{others}; {rule}.")
        {
            Place = string.Create(CultureInfo.InvariantCulture, $"line {first.Line}"),
        };
    }

    private static string FieldsOf(Row row) => row.Fields == 1 ? "1 field" : $"{row.Fields} fields";

    private static string NameOf(ReadOnlySpan<byte> text, int column) => CsvHeader.NameAt(text, column);

    private sealed class Row(int line, int fields, string shown)
    {
        internal int Line { get; } = line;

        internal int Fields { get; } = fields;

        internal string Shown { get; } = shown;

        internal long Rows { get; set; } = 1;

        /// <summary>Whether the rows have different numbers of fields.</summary>
        internal bool IsMixed { get; set; }
    }
}

/// <summary>What can be wrong with a row of a table.</summary>
internal enum CsvFaultKind
{
    /// <summary>A feature that is no number.</summary>
    NoNumber,

    /// <summary>A feature that single precision cannot hold.</summary>
    NotFinite,

    /// <summary>A feature that is missing.</summary>
    Empty,

    /// <summary>Another number of fields than the header's.</summary>
    Ragged,

    /// <summary>A label that is missing.</summary>
    NoLabel,

    /// <summary>A label that is no text, or too long.</summary>
    BadLabel,

    /// <summary>A quote within a plain field, or text after a closing quote.</summary>
    StrayQuote,

    /// <summary>A quote that is never closed.</summary>
    OpenQuote,
}
