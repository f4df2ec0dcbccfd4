using System.Collections.Immutable;
using Rubato.Runs;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Running;

/// <summary>Writes all that happens in a run to its folder.</summary>
/// <remarks>
/// Owns the logs. They are opened when the updates begin; until then a folder holds only what the searches left.
/// </remarks>
internal sealed class RunWriter(RunFolder folder, Module network, ImmutableArray<string> metrics, bool validates) : Listener, IDisposable
{
    private StepLog? _steps;
    private EpochLog? _epochs;
    private EventLog? _events;
    private NoiseLog? _noise;

    /// <inheritdoc/>
    public override void OnStep(in StepRecord record) => _steps!.Append(record);

    /// <inheritdoc/>
    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case UpdatesBegin:
                (_steps, _epochs) = (folder.OpenSteps(), folder.OpenEpochs(metrics, validates));
                (_events, _noise) = (folder.OpenEvents(), folder.OpenNoise());
                break;
            case EventRecord record:
                _events!.Append(record);
                break;
            case NoiseMeasured measured:
                _noise!.Append(measured.Record);
                break;
            case EpochRecord record:
                _steps!.Flush();
                _epochs!.Append(record);
                break;
            case BestReached best:
                folder.WriteBest(Weights.Of(best.Weights), best.Record);
                break;
            case RangeTestMeasured measured:
                folder.WriteRangeTest(measured.Report);
                break;
            case RunSummary summary:
                Dispose();
                folder.WriteWeights(Weights.Of(network));
                folder.WriteSummary(summary);
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the logs.</summary>
    public void Dispose()
    {
        _steps?.Dispose();
        _epochs?.Dispose();
        _events?.Dispose();
        _noise?.Dispose();
        (_steps, _epochs, _events, _noise) = (null, null, null, null);
    }
}
