namespace Rubato.Training.Finding;

/// <summary>A range test from settings to an answer. Nothing is written.</summary>
public static class RangeTestSession
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of it while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends it after the update in progress; the outcome holds what was measured.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once.</exception>
    /// <exception cref="Torch.TorchException">The engine failed, e.g. for lack of memory.</exception>
    public static RangeTestOutcome Run(FindSettings settings, IRangeTestListener listener, TimeProvider time, CancellationToken cancellation) =>
        throw new NotSupportedException("Not written yet.");
}
