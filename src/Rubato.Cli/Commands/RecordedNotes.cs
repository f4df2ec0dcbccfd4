using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Commands;

/// <summary>What a person should know of a recorded curve beside its answer.</summary>
internal static class RecordedNotes
{
    /// <summary>The notes.</summary>
    /// <param name="recorded">What was read; null for nothing.</param>
    /// <returns>A sentence each.</returns>
    internal static IEnumerable<string> On(RecordedCurves? recorded)
    {
        if (recorded is { LeftOut: > 0 and var left, Runs: [var run] })
        {
            var all = left + run.Points.Length;
            yield return $"the learning rate rises over the first {run.Points.Length:N0} of {all:N0} updates, and only these are read.";
        }
    }
}
