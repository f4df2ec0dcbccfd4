using Rubato.Runs.Records;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>What can be done but is seldom meant: sentences for a person who has set up a run.</summary>
internal static class RunNotes
{
    /// <summary>The notes on a training.</summary>
    /// <param name="run">The training.</param>
    /// <returns>A sentence each; none for a usual training.</returns>
    internal static IReadOnlyList<string> Of(TrainingTask run)
    {
        var notes = new List<string>();
        var (batch, samples) = (run.Plan.At(0).BatchSize, run.Subject.TrainCount);
        if (batch > samples)
        {
            notes.Add(
                $"an update has {batch:N0} samples, and there are {samples:N0} to train on: it sees some of them "
                + $"{((batch - 1) / samples) + 1} times over; a smaller batch makes more updates of the same samples.");
        }

        if (run.Best is { } watched && !watched.IsOfValidation())
        {
            notes.Add(
                "the best weights are chosen by the test set, and so its loss and accuracy at them promise too much; samples that are held "
                + "out of the training set for validation are there to choose by.");
        }

        if (OfThreads(run.Threads, Environment.ProcessorCount) is { } note)
        {
            notes.Add(note);
        }

        return notes;
    }

    /// <summary>The notes on what a run came to.</summary>
    /// <param name="run">The training.</param>
    /// <param name="summary">What it came to.</param>
    /// <returns>A sentence each; none for a usual run.</returns>
    internal static IReadOnlyList<string> Of(TrainingTask run, RunSummary summary) =>
        run.Best is { } watched && summary is { Best: null, Updates: > 0 }
            ? [$"{watched.Text()} was a finite number at the end of no epoch, so that no weights are kept as the best."]
            : [];

    /// <summary>The note on more threads than can run at once.</summary>
    /// <param name="threads">The threads inside an operator.</param>
    /// <param name="processors">How many can run at once.</param>
    /// <returns>The sentence; null if all can run.</returns>
    internal static string? OfThreads(int threads, int processors) => threads <= processors ? null
        : $"there are {threads:N0} threads on {(processors == 1 ? "1 processor" : $"{processors:N0} processors")}, and those that wait for "
            + "each other make every update slower; as many threads as processors are the most that help.";
}
