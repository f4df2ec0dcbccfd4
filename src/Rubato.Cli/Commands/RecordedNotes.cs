using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Commands;

/// <summary>What a person should know of a recorded curve beside its answer.</summary>
internal static class RecordedNotes
{
    /// <summary>The notes.</summary>
    /// <param name="recorded">What was read; null for nothing.</param>
    /// <param name="isUndone">Whether averages of it were undone.</param>
    /// <returns>A sentence each.</returns>
    internal static IEnumerable<string> On(RecordedCurves? recorded, bool isUndone)
    {
        if (recorded is null)
        {
            yield break;
        }

        var averaged = recorded.Runs.Select(run => AveragedFlag.NoteOn([.. run.Points.Select(point => point.Loss)]));
        if (!isUndone && averaged.FirstOrDefault(note => note is not null) is { } smooth)
        {
            yield return smooth;
        }

        if (recorded is { LeftOut: > 0 and var left, Runs: [var run] })
        {
            var all = left + run.Points.Length;
            yield return $"the learning rate rises over the first {run.Points.Length:N0} of {all:N0} updates, and only these are read.";
        }
    }
}
