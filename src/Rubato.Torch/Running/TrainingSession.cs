using System.Runtime.InteropServices;
using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Runs.Records;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>One training run from settings to a run folder.</summary>
internal static class TrainingSession
{
    /// <summary>Trains a network and writes the run folder.</summary>
    /// <param name="task">The training.</param>
    /// <param name="target">The folder and the configuration of the run.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations; it never decides anything.</param>
    /// <param name="cancellation">
    /// Ends the run after the update in progress; the folder is left complete with status <c>interrupted</c>.
    /// </param>
    /// <returns>The summary; its status tells whether the run was interrupted or diverged.</returns>
    /// <exception cref="InvalidInputException">
    /// The settings or the data cannot be used; all findings at once. Nothing was written.
    /// </exception>
    /// <exception cref="TorchException">The engine failed, e.g. for lack of memory; the folder's summary says <c>failed</c>.</exception>
    public static RunSummary Run(
        TrainingTask task, RunTarget target, Listener listener, TimeProvider time, CancellationToken cancellation) =>
        RunIn(ScalarType.Float32, task, target, listener, time, cancellation);

    /// <summary>
    /// Trains in numbers of another type. Runs that are compared with each other take 64 bits, so that rounding errors do not matter.
    /// </summary>
    internal static RunSummary RunIn(
        ScalarType type,
        TrainingTask task,
        RunTarget target,
        Listener listener,
        TimeProvider time,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(time);
        return Engine.Run("training", () => Train(type, task, target, listener, time, cancellation));
    }

    private static RunSummary Train(
        ScalarType type,
        TrainingTask run,
        RunTarget target,
        Listener listener,
        TimeProvider time,
        CancellationToken cancellation)
    {
        using var resumed = target.Resumed is { } path ? Resumption.Open(RunFolder.Open(path), target.Policy) : null;
        run = resumed?.Choose(run) ?? run;
        using var parts = new RunParts(run, time, type);
        SingleSamples.Require(run, parts.Training);
        var folder = resumed?.Folder ?? RunFolder.Create(target.Folder, target.Name, target.DefaultName);
        using var taken = resumed is null ? LockOf(folder, target.Saving) : null;
        if (resumed is null)
        {
            Configure(folder, target.Configuration);
        }

        var keeping = new RunKeeping(folder, target.Saving, resumed, target.Configuration);
        return Run(run, parts, keeping, listener, time, cancellation);
    }

    /// <summary>Keeps other processes out of the folder of a run that can be resumed; null for other runs.</summary>
    internal static RunLock? LockOf(RunFolder folder, SaveSettings saving) => saving.Every.IsNever ? null : RunLock.Take(folder);

    /// <summary>Writes the configuration into a new folder, which is removed if that fails.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="configuration">The text of its <c>config.yaml</c>.</param>
    internal static void Configure(RunFolder folder, string configuration)
    {
        try
        {
            folder.WriteConfiguration(configuration);
        }
        catch
        {
            folder.DiscardUnstarted();
            throw;
        }
    }

    /// <summary>Runs what was set up.</summary>
    /// <param name="run">The training.</param>
    /// <param name="parts">Network, optimizer and loop.</param>
    /// <param name="keeping">Where all that happens is kept; null for nowhere.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations.</param>
    /// <param name="cancellation">Ends the run after the update in progress.</param>
    /// <exception cref="IOException">
    /// The run has ended, but the disk had no room for its weights or logs; the sentence says which.
    /// </exception>
    internal static RunSummary Run(
        TrainingTask run, RunParts parts, RunKeeping? keeping, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        if (keeping is not { Folder: var folder, Saving: var saving, Resumed: var resumed })
        {
            return Run(run, parts, new TrainingCourse(run, parts, folder: null, listener, time), cancellation);
        }

        using var writer = new RunWriter(folder, parts.Network, parts.HeldOut?.Metrics ?? [], parts.Validation is not null)
        {
            From = resumed?.State?.Logs ?? default,
            NewConfiguration = resumed is { State: null } or { IsChanged: true } ? keeping.Configuration : null,
        };
        var all = Listener.All(writer, listener);
        var checkpoints = saving.Every.IsNever ? null : new RunSaving(folder, writer, saving, listener, time);
        var course = new TrainingCourse(run, parts, folder.Path, all, time, checkpoints, resumed);
        RunSummary summary;
        try
        {
            summary = Run(run, parts, course, cancellation);
        }
        catch (Exception exception)
        {
            // Input that shows only at the first update leaves nothing behind, as all that shows before. What is refused when a run is to
            // go on leaves that as it was.
            var isRefused = exception is InvalidInputException && (resumed is null ? folder.DiscardUnstarted(writer) : !writer.HasBegun);
            if (!isRefused)
            {
                writer.Dispose();
                folder.WriteSummary(course.Failed());
            }

            throw;
        }

        return writer.Lost.IsEmpty ? summary : throw new IOException(string.Join(" ", writer.Lost));
    }

    private static bool DiscardUnstarted(this RunFolder folder, RunWriter writer)
    {
        writer.Dispose();
        return folder.DiscardUnstarted();
    }

    private static RunSummary Run(TrainingTask run, RunParts parts, TrainingCourse course, CancellationToken cancellation)
    {
        try
        {
            return course.Run(cancellation);
        }
        catch (ExternalException exception)
        {
            MemoryCheck.ThrowIfExceeded(run, exception, parts.Loop.Progress.Updates);
            throw;
        }
    }
}
