using Rubato.RangeTests;
using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using Rubato.Torch.Tests.RangeTests;

namespace Rubato.Torch.Tests.Running;

public sealed partial class RangeSweepTests
{
    private static readonly TrainingTask Run = Trained.Task(Sweeps.Small.Training);

    [Fact]
    public void Run_ToTheEnd_APointAnUpdateAndAllPutBack()
    {
        using var parts = new RunParts(Run);
        var before = Sweeps.State(parts);
        var told = new List<RangePoint>();
        var swept = Sweeps.Run(parts, Run, told: (point, _) => told.Add(point));
        Assert.Equal(before, Sweeps.State(parts));
        Assert.Equal((RangeEnd.Completed, 320), (swept.Curve!.End, swept.Samples));
        Assert.Equal(told, swept.Curve.Points);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), told.Select(point => point.Update));
        Assert.Equal((0.001, 1), (told[0].LearningRate, told[^1].LearningRate));
        Assert.All(told, point => Assert.True(double.IsFinite(point.Loss)));
        Assert.Equal([5, 10, 15, 20], told.Where(point => point.Accuracy is not null).Select(point => point.Update));
        Assert.True(told.Select(point => point.Loss).Distinct().Count() > 15);
    }

    [Theory]
    [InlineData(RangeSpacing.Exponential)]
    [InlineData(RangeSpacing.Linear)]
    public void Run_EitherSpacing_UpdatesAreMadeWithTheRatesThatAreTakenDown(RangeSpacing spacing)
    {
        using var parts = new RunParts(Run);
        var settings = Sweeps.Small with { Spacing = spacing };
        var curve = Sweeps.Run(parts, Run, settings).Curve!;
        var plan = Sweeps.Of(settings).PlanFor(Run);
        var planned = plan.EnumerateUpdates().Select(update => update.HyperParameters.LearningRate);
        Assert.Equal(planned, curve.Points.Select(point => point.LearningRate));
    }

    [Fact]
    public void Run_Twice_TheSameCurve()
    {
        using var parts = new RunParts(Run);
        Assert.Equal(Sweeps.Run(parts, Run).Curve, Sweeps.Run(parts, Run).Curve);
    }

    // As good as frozen, the network has the losses of its first weights: the rates of the sweep go up to 1.
    [Fact]
    public void Run_ClippedRun_SweptWithTheLimitOfItsStart()
    {
        var run = Run with { ClipNorm = Schedule.Parse("linear(1e-9 -> 1)") };
        using var clipped = new RunParts(run);
        using var plain = new RunParts(Run);
        var (still, moving) = (Sweeps.Run(clipped, run).Curve!.Points, Sweeps.Run(plain, Run).Curve!.Points);
        Assert.Equal(moving[0].Loss, still[0].Loss);
        Assert.InRange(still.Max(point => point.Loss), 0, 1.5 * still[0].Loss);
        Assert.NotEqual(moving[^1].Loss, still[^1].Loss, 1e-3);
    }

    [Fact]
    public void Run_BatchesOfTheRun_AreOthers()
    {
        using var parts = new RunParts(Run);
        var swept = Sweeps.Run(parts, Run).Curve!.Points[0].Loss;
        Assert.NotEqual(parts.Loop.Step().Loss, swept);
    }

    [Fact]
    public void Run_Interrupted_TheUpdatesSoFarAndAllPutBack()
    {
        using var cancellation = new CancellationTokenSource();
        using var parts = new RunParts(Run);
        var before = Sweeps.State(parts);
        var swept = Sweeps.Run(parts, Run, told: (point, _) => CancelAt(7, point, cancellation), cancellation: cancellation.Token);
        Assert.Equal(before, Sweeps.State(parts));
        Assert.Equal((RangeEnd.Interrupted, 7, 112L), (swept.Curve!.End, swept.Curve.Points.Length, swept.Samples));
    }

    [Fact]
    public void Run_InterruptedBefore_NoCurve()
    {
        using var parts = new RunParts(Run);
        Assert.Equal(new SweptCurve(null, 0), Sweeps.Run(parts, Run, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Run_ListenerThrows_AllPutBack()
    {
        using var parts = new RunParts(Run);
        var before = Sweeps.State(parts);
        Assert.Throws<InvalidOperationException>(() => Sweeps.Run(parts, Run, told: (point, _) => ThrowAt(7, point)));
        Assert.Equal(before, Sweeps.State(parts));
    }

    [Fact]
    public void Run_ThrowsBetweenMicroBatches_AllPutBackAndNoGradientLeft()
    {
        var run = Run with { MicroBatch = 4 };
        FaultyNetwork? network = null;
        using var parts = new RunParts(Faulty(run, made => network = made));
        var before = Sweeps.State(parts);
        network!.ThrowsAt = 11;
        Assert.Throws<InvalidOperationException>(() => Sweeps.Run(parts, run));
        Assert.Equal(before, Sweeps.State(parts));
        var after = parts.Loop.Step();
        using var untouched = new RunParts(Faulty(run, _ => { }));
        Assert.Equal(untouched.Loop.Step(), after);
    }

    [Fact]
    public void Run_NaNAtTheThirdUpdate_NothingAppliedAndOver()
    {
        FaultyNetwork? network = null;
        using var parts = new RunParts(Faulty(Run, made => network = made));
        var before = Sweeps.State(parts);
        network!.NaNAt = 3;
        var swept = Sweeps.Run(parts, Run, Sweeps.Small with { AccuracyEvery = 1 });
        Assert.Equal(before, Sweeps.State(parts));
        Assert.Equal((RangeEnd.NonFinite, 32L), (swept.Curve!.End, swept.Samples));
        Assert.Equal([true, true, false], swept.Curve.Points.Select(point => double.IsFinite(point.Loss)));
        Assert.Equal([true, true, false], swept.Curve.Points.Select(point => point.Accuracy is not null));
        var reason = RangeSuggestion.Of([swept.Curve], new RangeSuggestionSettings()).Reason;
        Assert.StartsWith("the loss was not finite at update 3, ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LossFarAboveItsBest_Diverged()
    {
        using var parts = new RunParts(Run);
        var swept = Sweeps.Run(parts, Run, Sweeps.Small with { EndLr = 1e6, Iterations = 60, DivergeThreshold = 2 });
        Assert.Equal(RangeEnd.Diverged, swept.Curve!.End);
        Assert.InRange(swept.Curve.Points.Length, 10, 59);
    }

    [Fact]
    public void Run_LongerThanAnEpoch_HeldOutSamplesAreNeverTrainedOn()
    {
        var settings = Sweeps.Small with { AccuracySamples = 100, Iterations = 40 };
        var subject = (SupervisedSubject)Run.Subject;
        var samples = new WatchedSamples(subject.Train);
        var run = Run with { Subject = new SupervisedSubject(subject.Build, samples, subject.Test, subject.Loss) };
        using var parts = new RunParts(run);

        // What a sample takes in memory is found out before.
        Assert.Empty(samples.TrainedOn);
        samples.Evaluated.Clear();
        var sweep = new RangeSweep(parts.Training, parts.Optimizer, run, Sweeps.Of(settings));
        Assert.Equal(RangeEnd.Completed, sweep.Run(told: null, CancellationToken.None).Curve!.End);
        Assert.Equal((100, 100), (sweep.HeldOut.Length, sweep.Swept.Length));
        Assert.Equal(sweep.HeldOut.ToArray().Order(), samples.Evaluated);
        Assert.Equal(sweep.Swept.ToArray().Order(), samples.TrainedOn);
        Assert.Equal(Enumerable.Range(0, 200), samples.Evaluated.Concat(samples.TrainedOn).Order());
    }

    [Fact]
    public void Run_OtherSeed_OtherSamplesHeldOut()
    {
        using var parts = new RunParts(Run);
        var sweep = Sweeps.Of(Sweeps.Small);
        var other = Run with { Seed = 1 };
        Assert.NotEqual(
            new RangeSweep(parts.Training, parts.Optimizer, Run, sweep).HeldOut.ToArray(),
            new RangeSweep(parts.Training, parts.Optimizer, other, sweep).HeldOut.ToArray());
    }

    private static TrainingTask Faulty(TrainingTask run, Action<FaultyNetwork> made)
    {
        var subject = (SupervisedSubject)run.Subject;
        return run with { Subject = new SupervisedSubject(Build, subject.Train, subject.Test, subject.Loss) };

        FaultyNetwork Build()
        {
            var network = new FaultyNetwork(subject.Build());
            made(network);
            return network;
        }
    }

    private static void CancelAt(long iteration, RangePoint point, CancellationTokenSource cancellation)
    {
        if (point.Update == iteration)
        {
            cancellation.Cancel();
        }
    }

    private static void ThrowAt(long iteration, RangePoint point)
    {
        if (point.Update == iteration)
        {
            throw new InvalidOperationException("The listener is broken.");
        }
    }

    private sealed class WatchedSamples(ISamples<SupervisedBatch> samples) : ISamples<SupervisedBatch>
    {
        public int Count => samples.Count;

        internal SortedSet<int> TrainedOn { get; } = [];

        internal SortedSet<int> Evaluated { get; } = [];

        public SupervisedBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw)
        {
            (draw.IsTraining ? TrainedOn : Evaluated).UnionWith(indices.ToArray());
            return samples.Read(indices, draw);
        }
    }
}
