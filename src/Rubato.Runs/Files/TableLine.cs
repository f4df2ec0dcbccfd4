using System.Text;

namespace Rubato.Runs.Files;

/// <summary>Takes a line of comma-separated values apart: a cell in double quotes may hold commas, and quotes that are doubled.</summary>
public static class TableLine
{
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
