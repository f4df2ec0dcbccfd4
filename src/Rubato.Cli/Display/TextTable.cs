using System.Text;

namespace Rubato.Cli.Display;

/// <summary>Tables of plain text.</summary>
internal static class TextTable
{
    /// <summary>Adds rows, each column as wide as its widest cell.</summary>
    /// <param name="text">Receives lines.</param>
    /// <param name="rows">At least one, of equal lengths.</param>
    internal static void Append(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        }
    }
}
