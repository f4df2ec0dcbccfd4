using System.Globalization;
using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Processes;

/// <summary>Keeps all that is decided in a run as lines, so that those of several processes can be compared to the bit.</summary>
internal sealed class Decisions : Listener
{
    private readonly List<string> _lines = [];

    /// <summary>The lines so far.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    public override void OnStep(in StepRecord record) => _lines.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"step {record.Step} {record.Samples} {record.Loss:R} {record.LearningRate:R} {record.BatchSize} {record.Momentum:R} "
        + $"{record.WeightDecay:R} {record.GradientNorm:R} {record.ClipFactor:R} {record.EffectiveRate:R}"));

    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case EpochRecord epoch:
                _lines.Add(string.Create(
                    CultureInfo.InvariantCulture, $"epoch {epoch.Epoch:R} {epoch.TrainLoss:R} {epoch.TestLoss:R} {epoch.TestAccuracy:R}"));
                break;
            case EventRecord record:
                _lines.Add(string.Create(CultureInfo.InvariantCulture, $"event {record.Step} {record.Kind} {record.Scale:R}"));
                break;
            case NoiseMeasured { Record: var noise }:
                _lines.Add(string.Create(
                    CultureInfo.InvariantCulture, $"noise {noise.Step} {noise.SquaredNorm:R} {noise.Trace:R} {noise.NoiseScale:R}"));
                break;
            case RehearsalRecord rehearsal:
                _lines.Add(string.Create(CultureInfo.InvariantCulture, $"rehearsal {rehearsal.PeakLearningRate:R} {rehearsal.TookWeights}"));
                break;
            case RehearsedRunRecord run:
                _lines.Add(string.Create(CultureInfo.InvariantCulture, $"rehearsed {run.LearningRate:R} {run.Score:R}"));
                break;
            case RangeTestRecord range:
                _lines.Add(string.Create(CultureInfo.InvariantCulture, $"range {range.BaseLr:R} {range.MaxLr:R}"));
                break;
            default:
                break;
        }
    }
}
