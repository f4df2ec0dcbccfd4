using System.Globalization;
using Rubato.Rewrites;
using Rubato.Runs.Charts;
using Rubato.Runs.Plans;

namespace Rubato.Cli.Commands;

/// <summary>The files that <c>rubato plan</c> is asked to write; null for one that it is not.</summary>
/// <param name="Svg">The drawing.</param>
/// <param name="Csv">The updates as a table.</param>
/// <param name="Json">The plan.</param>
/// <remarks>Immutable.</remarks>
internal sealed record PlanFiles(string? Svg, string? Csv, string? Json)
{
    private OutputFiles Given => new("plan", [("--svg", Svg), ("--csv", Csv), ("--json", Json)]);

    /// <summary>Looks for what would keep a file from being written, before anything is.</summary>
    /// <param name="plans">How many plans there are.</param>
    /// <param name="findings">Receives a sentence each.</param>
    /// <param name="read">Flags with the files that are read.</param>
    internal void Check(int plans, List<Finding> findings, params IReadOnlyList<(string Flag, string Path)> read)
    {
        foreach (var (flag, path) in (ReadOnlySpan<(string, string?)>)[("--csv", Csv), ("--json", Json)])
        {
            if (path is not null && plans > 1)
            {
                findings.Add($"{flag} holds one plan, but {plans} are given; name one of them.");
            }
        }

        Given.Check(findings, read);
    }

    /// <summary>Reads <c>--every</c>.</summary>
    /// <param name="text">Its value; null for every update.</param>
    /// <param name="findings">Receives a sentence where it cannot be used.</param>
    /// <returns>At least 1.</returns>
    internal long Every(string? text, List<Finding> findings)
    {
        if (text is null)
        {
            return 1;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var every) || every < 1)
        {
            findings.Add($"--every is '{text}'; it must be a whole number of at least 1, for instance --every 100.");
        }

        if (Csv is null)
        {
            findings.Add(
                $"--every is '{text}', but it thins out the rows of --csv, which is not given; "
                + "add --csv FILE, or leave --every out.");
        }

        return Math.Max(every, 1);
    }

    /// <summary>Writes what is asked for; each file is seen whole or not at all.</summary>
    /// <param name="written">The one plan of tables and plan files.</param>
    /// <param name="figure">The drawing.</param>
    /// <param name="every">Keeps each such update of the table, and the last.</param>
    /// <param name="noise">In which form the table has the noise scale; null for not at all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The paths, each when its file is there.</returns>
    internal IEnumerable<string> Write(WrittenPlan written, PlanFigure figure, long every, NoiseForm? noise, CancellationToken cancellation)
    {
        // First what can still be refused, last what may be interrupted.
        if (Json is not null)
        {
            PlanFile.Write(Json, written.Plan.Settings);
            yield return Json;
        }

        if (Svg is not null)
        {
            PlanChart.Write(Svg, figure);
            yield return Svg;
        }

        if (Csv is not null)
        {
            PlanCsv.Write(Csv, written.Plan, every, noise, written.Exponential, cancellation);
            yield return Csv;
        }
    }
}
