using System.Globalization;

namespace Rubato.Cli.Commands;

/// <summary>Reads the losses of <c>rubato replay</c>: one a line; blank lines are passed over.</summary>
internal static class ReplayLosses
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The value of <c>--losses</c>; null where it is not given.</param>
    /// <param name="findings">Receives a sentence where it cannot be used.</param>
    /// <returns>The losses; none where there is a finding.</returns>
    internal static double[] Read(string? path, List<string> findings)
    {
        if (path is null)
        {
            findings.Add("'rubato replay' needs --losses; 'rubato replay --help' has an example.");
            return [];
        }

        if (!File.Exists(path))
        {
            findings.Add($"--losses is '{path}', but there is no such file; name a file with one loss a line.");
            return [];
        }

        var losses = new List<double>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (!double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss))
            {
                findings.Add($"--losses '{path}', line {index + 1}: '{Shortened(line.Trim())}' is no number; there must be one loss a line, such as 2.3026 or NaN.");
                return [];
            }

            losses.Add(loss);
        }

        if (losses.Count == 0)
        {
            findings.Add($"--losses is '{path}', which holds no loss; there must be one a line.");
        }

        return [.. losses];
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
