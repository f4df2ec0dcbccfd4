using Rubato.Runs;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Training.Running;
using Rubato.Training.Setup;
using static TorchSharp.torch;

namespace Rubato.Training;

/// <summary>One training run from settings to a run folder.</summary>
public static class TrainingSession
{
    /// <summary>Runs it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">Ends the run after the update in progress; the folder is left complete with status <c>interrupted</c>.</param>
    /// <returns>What the run came to; its status tells whether it was interrupted or diverged.</returns>
    /// <exception cref="InvalidInputException">The settings or the data cannot be used; all findings at once. Nothing was written.</exception>
    /// <exception cref="TorchException">The engine failed, e.g. for lack of memory; the folder's summary says <c>failed</c>.</exception>
    public static RunSummary Run(TrainSettings settings, ITrainingListener listener, TimeProvider time, CancellationToken cancellation) =>
        RunIn(ScalarType.Float32, settings, listener, time, cancellation);

    /// <summary>The same in numbers of another type: where two runs are compared, 64 bits leave nothing of their roundings to look at.</summary>
    internal static RunSummary RunIn(ScalarType type, TrainSettings settings, ITrainingListener listener, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        return Engine.Run("training", () => Train(type, ResolvedRun.From(settings), listener, time, cancellation));
    }

    private static RunSummary Train(ScalarType type, ResolvedRun run, ITrainingListener listener, TimeProvider time, CancellationToken cancellation)
    {
        using var parts = new RunParts(run, time, type);
        var folder = RunFolder.Create(run.Settings.Out, run.Settings.Name, RunNaming.DefaultName(run.Settings));
        try
        {
            folder.WriteConfiguration(SettingsText.ToYaml(run.Settings));
        }
        catch
        {
            folder.DiscardUnstarted();
            throw;
        }

        var recorder = new RunRecorder(run, parts, folder, listener, time);
        return recorder.Run(cancellation);
    }
}
