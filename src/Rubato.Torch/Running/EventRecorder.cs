using System.Diagnostics;
using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Torch.Running;

/// <summary>Tells what a run's controller did, update by update.</summary>
internal sealed class EventRecorder(Listener listener)
{
    private PhaseRecord? _phase;

    /// <summary>The rate that an automatic warm-up found; null before, and without one.</summary>
    internal AutoWarmupRecord? Found { get; set; }

    /// <summary>Looks at the trainer after an update.</summary>
    internal void See(TrainingLoop trainer, in Observation observation, double seconds)
    {
        foreach (var seen in trainer.Events)
        {
            Record(seen, trainer, observation, seconds);
        }
    }

    private void Record(ControllerEvent seen, TrainingLoop trainer, in Observation observation, double seconds)
    {
        var scale = trainer.Guard?.Scale ?? 1;
        var (updates, samples) = (observation.Progress.Updates, observation.Progress.Samples);
        switch (seen)
        {
            case RolledBack back:
                listener.OnEvent(new EventRecord(updates, samples, EventKind.Rollback, back.Scale, observation.Loss, seconds));
                break;
            case Restarted restarted:
                listener.OnEvent(new EventRecord(updates, samples, EventKind.Restart, restarted.Scale, observation.Loss, seconds));
                break;
            case WarmupPhase warmup:
                Tell(new PhaseRecord(RunPhase.WarmUp, warmup.Probability));
                break;
            case WarmupEnded ended:
                Found = Record(ended, scale, trainer, seconds);
                (updates, samples) = (ended.Switch.Updates, ended.Switch.Samples);
                listener.OnEvent(new EventRecord(updates, samples, EventKind.AutoWarmup, scale, observation.Loss, seconds)
                {
                    LearningRate = ended.Switch.LearningRate,
                    Reason = Found.Reason,
                });
                listener.OnEvent(Found);
                Tell(new PhaseRecord(RunPhase.Cooldown, Probability: null));
                break;
            case RateReduced reduced:
                listener.OnEvent(new EventRecord(updates, samples, EventKind.Plateau, reduced.Scale * scale, reduced.Mean, seconds)
                {
                    LearningRate = trainer.Next.LearningRate,
                    Watched = reduced.Watch,
                });
                break;
            case BatchGrew grew:
                listener.OnEvent(new EventRecord(updates, samples, EventKind.Batch, scale, observation.Loss, seconds)
                {
                    LearningRate = trainer.Next.LearningRate,
                    BatchSize = grew.To,
                    NoiseScale = grew.NoiseScale,
                });
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Tell(PhaseRecord phase)
    {
        if (phase != _phase)
        {
            _phase = phase;
            listener.OnEvent(phase);
        }
    }

    private static AutoWarmupRecord Record(WarmupEnded ended, double scale, TrainingLoop trainer, double seconds) => new()
    {
        LearningRate = ended.Switch.LearningRate,
        Reason = ended.Switch.Reason,
        BestStep = ended.Switch.Minimum + 1,
        Probability = ended.Probability,
        Verdicts = ended.Verdicts,
        Tests = ended.Tests,
        Step = ended.Switch.Updates,
        Samples = ended.Switch.Samples,
        Scale = scale,
        TestSeconds = trainer.Observing.TotalSeconds,
        Seconds = seconds,
    };
}
