using Rubato.Runs;
using Rubato.Runs.Records;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Objectives;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Evaluates a run at the end of an epoch, and keeps the weights of the best one.</summary>
/// <param name="parts">Network, optimizer and loop.</param>
/// <param name="run">The run.</param>
/// <param name="isWritten">Whether there is a run folder.</param>
/// <param name="listener">Told of each new best.</param>
internal sealed class EpochEnd(RunParts parts, TrainingTask run, bool isWritten, Listener listener)
{
    /// <summary>The choice of the best epoch, whose memory belongs to that of the run; null if none is kept.</summary>
    internal BestWatch? Watch { get; } = run.Best is { } watched ? new BestWatch(watched, run.StopEarly) : null;

    /// <summary>The last evaluation on held-out samples.</summary>
    internal Evaluation Test { get; private set; } = Evaluation.None;

    /// <summary>The last evaluation on validation samples.</summary>
    internal Evaluation Validation { get; private set; } = Evaluation.None;

    /// <summary>Whether the run stops here, since there was no new best for long.</summary>
    internal bool StopsEarly => Watch is { IsOver: true };

    /// <summary>Evaluates, and tells the controller what was measured.</summary>
    /// <param name="epoch">Finished epochs; a fraction at the end of a run within one.</param>
    internal void Evaluate(double epoch)
    {
        (Test, Validation) = (Of(parts.HeldOut), Of(parts.Validation));
        var metrics = new EvaluationMetrics
        {
            TestLoss = parts.HeldOut is null ? null : Test.Loss,
            TestAccuracy = Known(Test.Accuracy),
            ValidationLoss = parts.Validation is null ? null : Validation.Loss,
            ValidationAccuracy = Known(Validation.Accuracy),
        };
        if (Watch is { } watch && RecordOf(watch.Watched, metrics, epoch) is var record && watch.See(record))
        {
            parts.Team.ExpectWriting();
            listener.OnEvent(new BestReached(record, WeightsNow()));
        }

        parts.Loop.Evaluated(metrics);
    }

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InvalidInputException">The run watched another measure.</exception>
    internal void Continue(CourseState course)
    {
        Test = new Evaluation(course.TestLoss, course.TestAccuracy) { Metrics = [.. course.Metrics] };
        Validation = new Evaluation(course.ValidationLoss, course.ValidationAccuracy);
        Watch?.Restore(course.Best);
    }

    private Evaluation Of(Objective? objective) =>
        objective is null ? Evaluation.None : Evaluation.Of(objective, chosen: null, parts.Team);

    // An accuracy that is not a number is none: targets are no class numbers.
    private static double? Known(double accuracy) => double.IsNaN(accuracy) ? null : accuracy;

    private BestRecord RecordOf(Watched watched, in EvaluationMetrics metrics, double epoch) => new()
    {
        Watched = watched,
        Value = metrics.Of(watched) ?? double.NaN,
        Epoch = epoch,
        Updates = parts.Loop.Progress.Updates,
        Samples = parts.Loop.Progress.Samples,
        TestLoss = Test.Loss,
        TestAccuracy = Test.Accuracy,
        ValidationLoss = Validation.Loss,
        ValidationAccuracy = Validation.Accuracy,
        File = isWritten ? RunFolder.BestName : null,
    };

    // Other programs expect the scale of weight decay, while the run goes on as it was, to the bit.
    private BestWeights WeightsNow()
    {
        if (parts.Exponential is not { } exponential)
        {
            return new BestWeights(parts.Network);
        }

        using var now = Snapshot.Take(parts.Network, exponential.Optimizer);
        try
        {
            exponential.Optimizer.ReturnToWeightDecay();
            return new BestWeights(parts.Network);
        }
        finally
        {
            now.Restore();
        }
    }
}
