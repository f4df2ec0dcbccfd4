using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>Follows a rate that is reduced on plateaus and tells of each reduction; a run without one passes it by.</summary>
internal sealed class PlateauWatch(EventLog events, ITrainingListener listener)
{
    private long _reductions;

    /// <summary>Looks at the controller after an update.</summary>
    internal void See(Trainer trainer, in Observation observation, double seconds)
    {
        if (trainer.Memory is not ReduceOnPlateauState { Plateau: var plateau } || plateau.Reductions == _reductions)
        {
            return;
        }

        _reductions = plateau.Reductions;
        var record = new EventRecord(
            observation.Progress.Updates,
            observation.Progress.Samples,
            "plateau",
            plateau.Scale * (trainer.Guard?.Scale ?? 1),
            plateau.LastMean ?? double.NaN,
            seconds)
        {
            LearningRate = trainer.Next.LearningRate,
        };
        events.Append(record);
        listener.OnEvent(record);
    }
}
