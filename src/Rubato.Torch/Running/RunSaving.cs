using System.Text.Json;
using Rubato.Control;
using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Torch.Checkpoints;

namespace Rubato.Torch.Running;

/// <summary>Decides when a run writes a checkpoint, and writes it.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="writer">Its logs.</param>
/// <param name="how">How often, and how many stay.</param>
/// <param name="listener">Told when a checkpoint cannot be written, and when one can be again.</param>
/// <param name="time">Measures the minutes of an interval.</param>
internal sealed class RunSaving(RunFolder folder, RunWriter writer, SaveSettings how, Listener listener, TimeProvider time)
{
    private readonly CheckpointFolder _checkpoints = new(folder.CheckpointsPath);
    private long _savedAt = time.GetTimestamp();
    private Progress _last;
    private bool _isCurrent;
    private bool _isInTrouble;

    /// <summary>The newest checkpoint that was written; null before the first.</summary>
    internal Checkpoint? Newest { get; private set; }

    /// <summary>The time that saving has taken.</summary>
    internal TimeSpan Spent { get; private set; }

    /// <summary>Goes on from a checkpoint.</summary>
    internal void Continue(Checkpoint newest, in Progress progress) => (Newest, _last, _isCurrent) = (newest, progress, true);

    /// <summary>
    /// Builds what the first checkpoint needs on another thread, while the first updates are made: the contracts of its JSON take longer
    /// than a short run may spend on being saved.
    /// </summary>
    /// <param name="controller">Decides the run.</param>
    /// <returns>The work; nobody has to wait for it.</returns>
    internal static Task Prepare(Controller controller) => Task.Run(() =>
    {
        using var position = JsonDocument.Parse(new Driver(controller).Save(), new JsonDocumentOptions { MaxDepth = RunState.MaxDepth });
        RunState.Empty(position.RootElement).Write(Stream.Null);
    });

    /// <summary>Saves what a search has found, unless it was over sooner than the interval lets checkpoints follow each other.</summary>
    /// <param name="progress">Applied updates and samples.</param>
    /// <param name="capture">Gives the state.</param>
    internal void SaveFound(in Progress progress, Func<SavedRun> capture)
    {
        if (time.GetElapsedTime(_savedAt) >= how.Every.AtLeast)
        {
            Save(progress, capture);
        }
    }

    /// <summary>
    /// Whether it saves only when it is asked for, since other processes must know before; it is then asked if
    /// <see cref="IsDue(in Progress, int)"/>.
    /// </summary>
    internal bool IsAsked { get; init; }

    /// <summary>Looks at a run after an update, and saves it if it is time or asked for.</summary>
    /// <param name="progress">Applied updates and samples.</param>
    /// <param name="samplesPerEpoch">Samples in an epoch.</param>
    /// <param name="capture">Gives the state.</param>
    internal void See(in Progress progress, int samplesPerEpoch, Func<SavedRun> capture)
    {
        _isCurrent = false;
        TellTrouble(writer.Trouble);
        if (how.Request?.Take() == true || (!IsAsked && IsDue(progress, samplesPerEpoch)))
        {
            Save(progress, capture);
        }
    }

    /// <summary>Saves, unless the last checkpoint is of this very moment.</summary>
    /// <param name="progress">Applied updates and samples.</param>
    /// <param name="capture">Gives the state.</param>
    /// <returns>Whether the state is on the disk; if not, the run can go on, and the next call tries again.</returns>
    internal bool Save(in Progress progress, Func<SavedRun> capture)
    {
        if (_isCurrent)
        {
            RemoveSurplus();
            return true;
        }

        var start = time.GetTimestamp();
        (_savedAt, _last) = (start, progress);
        try
        {
            var saved = capture();
            var state = saved.State with { Logs = writer.Sync() };
            Newest = _checkpoints.Write(progress.Updates, state.Write, saved.WriteTensors, how.Keep);
            _isCurrent = true;
            TellTrouble(null);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TellTrouble(exception);
            return false;
        }
        finally
        {
            Spent += time.GetElapsedTime(start);
        }
    }

    // A process that was killed right after its newest checkpoint has left the oldest, too. If a newer one is damaged, each may be needed.
    private void RemoveSurplus()
    {
        try
        {
            if (_checkpoints.All is [var first, ..] && first.Updates == Newest?.Updates)
            {
                _checkpoints.KeepNewest(how.Keep);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TellTrouble(exception);
        }
    }

    /// <summary>Whether a checkpoint is due at a progress, by the interval.</summary>
    internal bool IsDue(in Progress progress, int samplesPerEpoch)
    {
        if (how.Every.IsNever || time.GetElapsedTime(_savedAt) < how.Every.AtLeast)
        {
            return false;
        }

        if (how.Every.Every is not { } every)
        {
            return true;
        }

        var (now, last) = every.Unit switch
        {
            TimeUnit.Batches => (progress.Updates, _last.Updates),
            _ => (progress.Samples, _last.Samples),
        };
        var length = every.Unit == TimeUnit.Epochs ? every.Value * samplesPerEpoch : every.Value;
        return Math.Floor(now / length) > Math.Floor(last / length);
    }

    // Once for each time that it begins, not with every update.
    private void TellTrouble(Exception? trouble)
    {
        if (trouble is null == !_isInTrouble)
        {
            return;
        }

        _isInTrouble = trouble is not null;
        listener.OnEvent(new SavingTrouble(trouble?.Message.TrimEnd('.')));
    }
}
