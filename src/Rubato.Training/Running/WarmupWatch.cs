using System.Diagnostics;
using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>Follows an automatic warm-up and tells of its phases and of its decision; a run without one passes it by.</summary>
internal sealed class WarmupWatch(EventLog events, ITrainingListener listener)
{
    private PhaseRecord? _last;

    /// <summary>What was decided; null before.</summary>
    internal AutoWarmupRecord? Found { get; private set; }

    /// <summary>Looks at the controller after an update.</summary>
    internal void See(Trainer trainer, in Observation observation, double seconds)
    {
        if (Found is not null || trainer.Memory is not AutoWarmupState warmup)
        {
            return;
        }

        if (warmup.Switch is { } end)
        {
            Found = Record(warmup, end, trainer, seconds);
            events.Append(new EventRecord(end.Updates, end.Samples, "autowarmup", Found.Scale, observation.Loss, seconds)
            {
                LearningRate = end.LearningRate,
                Reason = Found.Reason,
            });
            listener.OnAutoWarmup(Found);
        }

        var phase = Found is null ? new PhaseRecord("warm-up", warmup.Probability) : new PhaseRecord("cooldown", Probability: null);
        if (phase != _last)
        {
            _last = phase;
            listener.OnPhase(phase);
        }
    }

    private static AutoWarmupRecord Record(AutoWarmupState warmup, AutoWarmupSwitch end, Trainer trainer, double seconds) => new(
        end.LearningRate,
        end.Reason switch
        {
            AutoWarmupReason.Minimum => "minimum",
            AutoWarmupReason.EndOfWarmup => "end-of-warm-up",
            AutoWarmupReason.NonFinite => "non-finite",
            AutoWarmupReason.RolledBack => "rolled-back",
            _ => throw new UnreachableException(),
        },
        end.Minimum + 1,
        warmup.Probability,
        warmup.Verdicts,
        warmup.Tests,
        end.Updates,
        end.Samples,
        trainer.Guard?.Scale ?? 1,
        trainer.Observing.TotalSeconds,
        seconds);
}
