using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

/// <summary>Trainings that are asked for as the command line asks for them.</summary>
internal static class Trained
{
    /// <summary>The task that settings come to.</summary>
    internal static TrainingTask Task(TrainSettings settings) => TaskBuilder.Build(settings).Task;

    /// <summary>What a run comes to.</summary>
    internal static RunSummary With(TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation) =>
        Sessions.Train(settings, listener, time, cancellation);

    /// <summary>The same in numbers of another type.</summary>
    internal static RunSummary In(ScalarType type, TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        var built = TaskBuilder.Build(settings);
        return TrainingSession.RunIn(type, built.Task, built.Target, listener, time, cancellation);
    }
}
