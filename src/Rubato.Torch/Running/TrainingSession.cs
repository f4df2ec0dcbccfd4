using System.Runtime.InteropServices;
using Rubato.Runs;
using Rubato.Runs.Records;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Parallel;
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
        var peers = run.Peers;
        using var resumed = target.Resumed is { } path
            ? Agreement.Reach(peers, () => Resumption.Open(RunFolder.Open(path), target.Policy, isWritten: peers.Rank == 0))
            : null;
        run = Agreement.Reach(peers, () => resumed?.Choose(run) ?? run);
        RequireSame(run);
        using var parts = new RunParts(run, time, type);
        SingleSamples.Require(run, parts.Training);
        using var keeping = Agreement.Reach(peers, () => peers.Rank > 0 ? null : RunKeeping.Begin(
            resumed,
            target.Saving,
            target.Configuration,
            () => RunFolder.Create(target.Folder, target.Name, target.DefaultName)));
        return Run(run, parts, keeping, resumed, listener, time, cancellation);
    }

    /// <summary>Makes sure that all processes are about to train the same.</summary>
    /// <exception cref="InvalidInputException">They have other settings or samples than the first one.</exception>
    internal static void RequireSame(TrainingTask run)
    {
        if (run.Peers.Size == 1)
        {
            return;
        }

        var own = SavedSettings.Of(run);
        var first = PeerTexts.FromRoot(run.Peers, own.ToJson());
        _ = Agreement.Reach(run.Peers, () => SavedSettings.AllDifferences(own, SavedSettings.FromJson(first)) is { Count: > 0 } findings
            ? throw new InvalidInputException([.. findings.Select(finding => finding with { Remedy = "start all processes alike" })])
            : true);
    }

    /// <summary>Runs what was set up.</summary>
    /// <param name="run">The training.</param>
    /// <param name="parts">Network, optimizer and loop.</param>
    /// <param name="keeping">Where all that happens is kept; null for nowhere.</param>
    /// <param name="resumed">The checkpoint that it goes on from; null for a new run.</param>
    /// <param name="listener">Told of the run while it goes on.</param>
    /// <param name="time">Measures durations.</param>
    /// <param name="cancellation">Ends the run after the update in progress.</param>
    /// <exception cref="IOException">
    /// The run has ended, but the disk had no room for its weights or logs; the sentence says which.
    /// </exception>
    internal static RunSummary Run(
        TrainingTask run,
        RunParts parts,
        RunKeeping? keeping,
        Resumption? resumed,
        Listener listener,
        TimeProvider time,
        CancellationToken cancellation)
    {
        cancellation = parts.Team.Agree(cancellation);
        if (keeping is not { Folder: var folder, Saving: var saving })
        {
            return Run(run, parts, new TrainingCourse(run, parts, folder: null, listener, time, saving: null, resumed), cancellation);
        }

        using var writer = new RunWriter(folder, parts.Network, parts.HeldOut?.Metrics ?? [], parts.Validation is not null)
        {
            From = resumed?.State?.Logs ?? default,
            NewConfiguration = resumed is { State: null } or { IsChanged: true } ? keeping.Configuration : null,
        };
        var all = Listener.All(writer, listener);
        var checkpoints = saving.Every.IsNever ? null : Saving(run, parts, folder, writer, saving, listener, time);
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

    // Other processes must know before an update whether the run is saved after it.
    private static RunSaving Saving(
        TrainingTask run, RunParts parts, RunFolder folder, RunWriter writer, SaveSettings saving, Listener listener, TimeProvider time)
    {
        if (parts.Team.IsAlone)
        {
            return new RunSaving(folder, writer, saving, listener, time);
        }

        var agreed = new SaveRequest();
        var checkpoints = new RunSaving(folder, writer, saving with { Request = agreed }, listener, time) { IsAsked = true };
        parts.Team.AgreeOnSaving(
            () => saving.Request?.Take() == true || checkpoints.IsDue(AfterNext(parts.Loop), run.Subject.TrainCount), agreed.Make);
        return checkpoints;
    }

    private static Progress AfterNext(TrainingLoop loop) =>
        new(loop.Progress.Updates + 1, loop.Progress.Samples + loop.Next.BatchSize);

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
