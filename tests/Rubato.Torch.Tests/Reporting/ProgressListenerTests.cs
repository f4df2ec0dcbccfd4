using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Reporting;

public sealed class ProgressListenerTests
{
    private readonly Kept _kept = new();

    [Fact]
    public void OnStep_NoInterval_EachUpdateIsReported()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);

        listener.OnStep(Happened.Step(1, seconds: 3));

        Assert.Equal(
            new TrainingProgress
            {
                Updates = 1,
                TotalUpdates = 4,
                Share = 0.25,
                Epoch = 0.5,
                Epochs = 2,
                Loss = 1,
                LearningRate = 0.01,
                HeldOutLoss = null,
                Accuracy = null,
                Elapsed = TimeSpan.FromSeconds(3),
                Remaining = TimeSpan.FromSeconds(9),
            },
            Assert.Single(_kept.Reports));
    }

    [Fact]
    public void OnEvent_Epoch_ItsMeasuresAreReportedFromThereOn()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);
        listener.OnStep(Happened.Step(2, seconds: 6));
        listener.OnEvent(new EpochRecord(1, 2, 100, 0.75, 0.5, 0.8, 0.02, 7));
        listener.OnStep(Happened.Step(3, seconds: 9));

        Assert.Equal([null, 0.5, 0.5], _kept.Reports.Select(report => report.HeldOutLoss));
        Assert.Equal([null, 0.8, 0.8], _kept.Reports.Select(report => report.Accuracy));
        Assert.Equal([6, 7, 9], _kept.Reports.Select(report => report.Elapsed.TotalSeconds));
        Assert.Equal([6, 7, 3], _kept.Reports.Select(report => report.Remaining!.Value.TotalSeconds));
    }

    [Fact]
    public void OnEvent_NothingIsHeldOut_NoMeasures()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);
        listener.OnStep(Happened.Step(2, seconds: 6));
        listener.OnEvent(new EpochRecord(1, 2, 100, 0.75, double.NaN, double.NaN, 0.02, 7));

        Assert.Equal((null, null), (_kept.Reports[^1].HeldOutLoss, _kept.Reports[^1].Accuracy));
    }

    [Fact]
    public void OnStep_AnInterval_ReportsAreThatFarApartButEpochsAreAllReported()
    {
        var listener = new ProgressListener(_kept, TimeSpan.FromSeconds(2));
        listener.OnEvent(Happened.Description);
        listener.OnStep(Happened.Step(1, seconds: 0.5));
        listener.OnStep(Happened.Step(2, seconds: 2.4));
        listener.OnEvent(new EpochRecord(1, 2, 100, 0.75, 0.5, 0.8, 0.02, 2.4));
        listener.OnStep(Happened.Step(3, seconds: 4.3));
        listener.OnStep(Happened.Step(4, seconds: 4.4));

        Assert.Equal([1, 2, 4], _kept.Reports.Select(report => report.Updates));
    }

    [Fact]
    public void OnStep_AfterARehearsal_ItsTimeDoesNotCount()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);
        listener.OnEvent(Happened.Rehearsal);
        listener.OnStep(Happened.Step(2, seconds: 106));

        Assert.Equal((6, 6), (_kept.Reports[0].Elapsed.TotalSeconds, _kept.Reports[0].Remaining!.Value.TotalSeconds));
    }

    [Fact]
    public void OnStep_BatchThatGrows_TheNumberOfUpdatesIsNotKnown()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description with { GrowsBatch = true });
        listener.OnStep(Happened.Step(1, seconds: 1));

        Assert.Null(_kept.Reports[0].TotalUpdates);
    }

    /// <summary>The last update of a run may reach beyond its budget.</summary>
    [Fact]
    public void OnStep_BeyondTheBudget_TheShareIsAllOfIt()
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);
        listener.OnStep(Happened.Step(5, seconds: 1));

        Assert.Equal((1, TimeSpan.Zero), (_kept.Reports[0].Share, _kept.Reports[0].Remaining));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(1, 9e11)]
    public void OnStep_NothingAppliedOrFarTooSlow_TheRemainingTimeIsNotKnown(int step, double seconds)
    {
        var listener = new ProgressListener(_kept, TimeSpan.Zero);
        listener.OnEvent(Happened.Description);
        listener.OnStep(Happened.Step(step, seconds) with { Loss = double.NaN });

        Assert.Null(_kept.Reports[0].Remaining);
    }

    [Fact]
    public void ProgressListener_IntervalBelowZero_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new ProgressListener(_kept, TimeSpan.FromTicks(-1)));

    private sealed class Kept : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
