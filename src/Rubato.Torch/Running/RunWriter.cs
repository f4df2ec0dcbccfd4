using System.Collections.Immutable;
using Rubato.Runs;
using Rubato.Runs.Checkpoints;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Running;

/// <summary>Writes all that happens in a run to its folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="network">The network, whose weights are written at the end.</param>
/// <param name="metrics">The names of the metrics that each epoch has.</param>
/// <param name="validates">Whether each epoch has validation samples.</param>
/// <remarks>
/// Owns the logs. They are opened when the updates begin; until then a folder holds only what the searches left. At the end the summary
/// comes first, since it is small; where the disk has no room for it or for the weights, older checkpoints make some.
/// </remarks>
internal sealed class RunWriter(RunFolder folder, Module network, ImmutableArray<string> metrics, bool validates) : Listener, IDisposable
{
    private readonly CheckpointFolder _checkpoints = new(folder.CheckpointsPath);
    private readonly ImmutableArray<string>.Builder _lost = ImmutableArray.CreateBuilder<string>();
    private RunLogs? _logs;

    // The best weights that could not be written yet.
    private BestReached? _best;
    private IOException? _bestTrouble;

    /// <summary>How long the logs of a run that goes on were; all 0 for others.</summary>
    internal LogLengths From { get; init; }

    /// <summary>What <c>config.yaml</c> becomes, if a run that goes on is another one from here on; null leaves it.</summary>
    internal string? NewConfiguration { get; init; }

    /// <summary>Whether updates began, so that the folder holds what this run wrote.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>Why lines of a log, or the best weights, are held back; null if none are.</summary>
    internal IOException? Trouble => _logs?.Trouble ?? _bestTrouble;

    /// <summary>What could not be written at the end, and what to do: a sentence each.</summary>
    internal ImmutableArray<string> Lost => _lost.ToImmutable();

    /// <summary>Waits until the disk has all lines of the logs.</summary>
    /// <exception cref="IOException">It has no room, or failed.</exception>
    internal LogLengths Sync()
    {
        TryWriteBest();
        return _bestTrouble is null ? _logs!.Sync() : throw _bestTrouble;
    }

    /// <inheritdoc/>
    public override void OnStep(in StepRecord record) => _logs!.Append(record);

    /// <inheritdoc/>
    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case UpdatesBegin:
                HasBegun = true;
                _logs = folder.OpenLogs(metrics, validates, From);
                if (NewConfiguration is not null)
                {
                    folder.WriteConfiguration(NewConfiguration);
                }

                // That of a part of the run that ended earlier.
                File.Delete(folder.SummaryPath);
                break;
            case EventRecord record:
                _logs!.Append(record);
                break;
            case NoiseMeasured measured:
                _logs!.Append(measured.Record);
                break;
            case EpochRecord record:
                _logs!.Append(record);
                break;
            case BestReached best:
                _best = best;
                TryWriteBest();
                break;
            case RangeTestMeasured measured:
                folder.WriteRangeTest(measured.Report);
                break;
            case RunSummary summary:
                Finish(summary);
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the logs.</summary>
    /// <exception cref="IOException">Lines that were held back could not be written.</exception>
    public void Dispose()
    {
        var logs = _logs;
        _logs = null;
        logs?.Dispose();
    }

    private void Finish(RunSummary summary)
    {
        var isSaved = summary.Checkpoint is not null;
        var ofSummary = WriteSummary(summary);

        // Closing throws away what is held back, so that it is written before.
        _ = SyncLogs();

        // A run that is to go on needs its checkpoint more than the weights.
        var mayTakeLast = !isSaved && summary.Status == RunStatus.Completed;
        var ofWeights = TryWrite(() => folder.WriteWeights(TrainedWeights.Of(network)), mayTakeLast);

        // That may have made room.
        ofSummary = ofSummary is null ? null : WriteSummary(summary);
        _ = SyncLogs();
        if (ofSummary is not null)
        {
            _lost.Add($"{folder.SummaryPath} could not be written ({ofSummary}).");
        }

        try
        {
            Dispose();
        }
        catch (IOException ofLogs)
        {
            _lost.Add($"the end of the logs is missing: {ofLogs.Message.TrimEnd('.')}.");
        }

        if (_best is { } best && TryWrite(() => WriteBest(best), mayTakeLast: false) is { } ofBest)
        {
            _lost.Add($"{folder.BestPath} could not be written ({ofBest}); the weights of epoch {best.Record.Epoch:G6} are lost.");
        }

        if (ofWeights is not null)
        {
            _lost.Add($"{folder.WeightsPath} could not be written ({ofWeights}); " + (isSaved
                ? $"the weights are in {summary.Checkpoint}: free some room and resume the run, which writes them."
                : "they are lost: free some room and resume the run, which repeats what follows its newest checkpoint, or all of it."));
        }
    }

    private string? WriteSummary(RunSummary summary) => TryWrite(() => folder.WriteSummary(summary), mayTakeLast: false);

    private string? SyncLogs() => TryWrite(() => _logs?.Sync(), mayTakeLast: false);

    private void TryWriteBest()
    {
        try
        {
            if (_best is { } best)
            {
                WriteBest(best);
            }
        }
        catch (IOException exception)
        {
            _bestTrouble = exception;
        }
    }

    private void WriteBest(BestReached best)
    {
        folder.WriteBest(TrainedWeights.Of(best.Weights), best.Record);
        (_best, _bestTrouble) = (null, null);
    }

    // Why it failed; null if it was written. The last checkpoint goes only if it is older than what is to be written.
    private string? TryWrite(Action write, bool mayTakeLast)
    {
        for (var keep = 2; ; keep--)
        {
            try
            {
                write();
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (keep == 0 || (keep == 1 && !mayTakeLast))
                {
                    return exception.Message.TrimEnd('.');
                }

                _checkpoints.KeepNewest(keep - 1);
            }
        }
    }
}
