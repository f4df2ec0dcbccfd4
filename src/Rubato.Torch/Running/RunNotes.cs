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

        if (OfThreads(run.Threads, Environment.ProcessorCount) is { } note)
        {
            notes.Add(note);
        }

        return notes;
    }

    /// <summary>The note on more threads than can run at once.</summary>
    /// <param name="threads">The threads inside an operator.</param>
    /// <param name="processors">How many can run at once.</param>
    /// <returns>The sentence; null if all can run.</returns>
    internal static string? OfThreads(int threads, int processors) => threads <= processors ? null
        : $"there are {threads:N0} threads on {(processors == 1 ? "1 processor" : $"{processors:N0} processors")}, and those that wait for "
            + "each other make every update slower; as many threads as processors are the most that help.";
}
