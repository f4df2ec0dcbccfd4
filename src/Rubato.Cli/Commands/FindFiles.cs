using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Commands;

/// <summary>The files that <c>rubato find</c> is asked to write; null for one that it is not.</summary>
/// <param name="Svg">The drawing.</param>
/// <param name="Csv">The curves as a table.</param>
/// <param name="Json">Everything.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FindFiles(string? Svg, string? Csv, string? Json)
{
    /// <summary>Looks for what would keep a file from being written, before anything is.</summary>
    /// <param name="from">The file that is read; null for none.</param>
    /// <param name="findings">Receives a sentence each.</param>
    /// <param name="read">Flags with the other files that are read.</param>
    internal void Check(string? from, List<Finding> findings, params IReadOnlyList<(string Flag, string Path)> read) =>
        new OutputFiles("find", [("--svg", Svg), ("--csv", Csv), ("--json", Json)])
            .Check(findings, from is null ? read : [.. read, ("--from", from)]);

    /// <summary>Writes what is asked for; each file is seen whole or not at all.</summary>
    /// <param name="report">The range test.</param>
    /// <returns>The paths, each when its file is there.</returns>
    internal IEnumerable<string> Write(RangeTestReport report)
    {
        if (Csv is not null)
        {
            RangeTestCsv.Write(Csv, report);
            yield return Csv;
        }

        if (Json is not null)
        {
            RangeTestJson.Write(Json, report);
            yield return Json;
        }

        if (Svg is not null && RangeFigure.Of(report) is { } figure)
        {
            RangeChart.Write(Svg, figure);
            yield return Svg;
        }
    }

    /// <summary>The drawing that is asked for and cannot be made: without a finite loss there is nothing to draw.</summary>
    internal string? Missing(RangeTestReport report) => RangeFigure.Of(report) is null ? Svg : null;
}
