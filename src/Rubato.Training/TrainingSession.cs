using Rubato.Runs.Records;

namespace Rubato.Training;

/// <summary>One training run from settings to a run folder.</summary>
public static class TrainingSession
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends the run after the update in progress; the folder is left complete with status <c>interrupted</c>.</param>
    /// <returns>What the run came to; its status tells whether it was interrupted.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once.</exception>
    public static RunSummary Run(TrainSettings settings, ITrainingListener listener, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        cancellation.ThrowIfCancellationRequested();
        throw new InvalidInputException("Training is being built.");
    }
}
