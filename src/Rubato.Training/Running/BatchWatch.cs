using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Training.Running;

/// <summary>Follows a batch that grows by what is measured and tells of each growth; a run without one passes it by.</summary>
internal sealed class BatchWatch(EventLog events, ITrainingListener listener)
{
    private long _changes;

    /// <summary>Looks at the controller after an update.</summary>
    internal void See(Trainer trainer, in Observation observation, double seconds)
    {
        if (trainer.Growth is not { } growth || growth.Changes == _changes)
        {
            return;
        }

        _changes = growth.Changes;
        var record = new EventRecord(
            observation.Progress.Updates, observation.Progress.Samples, "batch", trainer.Guard?.Scale ?? 1, observation.Loss, seconds)
        {
            LearningRate = trainer.Next.LearningRate,
            BatchSize = growth.Batch,
            NoiseScale = growth.LastNoiseScale,
        };
        events.Append(record);
        listener.OnEvent(record);
    }
}
