using System.Text;

namespace Rubato.Runs.Files;

/// <summary>
/// Lines of comma-separated values by RFC 4180, section 2: a cell in double quotes may hold commas, and quotes that are doubled. Beyond it,
/// blanks may stand before the opening quote; they belong to the cell.
/// </summary>
public static class TableLine
{
    /// <summary>A cell, in quotes where it must be.</summary>
    /// <param name="cell">What it holds.</param>
    /// <returns>Text that <see cref="Split"/> reads back.</returns>
    internal static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>The cells.</summary>
    /// <param name="line">The line.</param>
    /// <returns>At least one; without the quotes around them.</returns>
    public static IReadOnlyList<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (line[i] == '"' && (isQuoted || string.IsNullOrWhiteSpace(cell.ToString())))
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
