using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Samples.Tests.Trainer;

/// <summary>What the samples of docs/trainer.md come to, on one thread: several threads may add up in any order.</summary>
internal static class Learned
{
    public static T OnOneThread<T>(Func<T> train)
    {
        var before = Engine.Threads;
        try
        {
            Engine.Threads = 1;
            return train();
        }
        finally
        {
            Engine.Threads = before;
        }
    }

    public static void Right(TrainingRun run, double atLeast)
    {
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.InRange(run.Accuracy!.Value, atLeast, 1);
    }
}
