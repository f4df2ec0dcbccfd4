using Rubato.Runs.Records;
using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Running;

public sealed class BestWatchTests
{
    [Theory]
    [InlineData(Watched.TestLoss, new[] { 3.0, 2, 2, 5, 1 }, new[] { true, true, false, false, true })]
    [InlineData(Watched.ValidationAccuracy, new[] { 0.5, 0.4, 0.5, 0.6 }, new[] { true, false, false, true })]
    [InlineData(Watched.TestLoss, new[] { double.NaN, double.PositiveInfinity, 4, double.NaN, 3 }, new[] { false, false, true, false, true })]
    public void See_Values_StrictlyBetterOnes(Watched watched, double[] values, bool[] best)
    {
        var watch = new BestWatch(watched, patience: null);
        Assert.Equal(best, values.Select((value, index) => watch.See(Epoch(watched, index + 1, value))));
        Assert.Equal(values.Length - Array.LastIndexOf(best, true) - 1, watch.State.Since);
        Assert.Equal(Array.LastIndexOf(best, true) + 1, watch.State.Best!.Epoch);
        Assert.False(watch.IsOver);
    }

    [Theory]
    [InlineData(1, new[] { 3.0, 3 })]
    [InlineData(2, new[] { 3.0, 4, 3 })]
    [InlineData(2, new[] { 3.0, 4, 2, 3, 2 })]
    [InlineData(2, new[] { double.NaN, double.NaN })]
    public void IsOver_PatienceWithoutANewBest_OnlyThen(int patience, double[] values)
    {
        var watch = new BestWatch(Watched.TestLoss, patience);
        foreach (var (index, value) in values.Index())
        {
            Assert.False(watch.IsOver);
            watch.See(Epoch(Watched.TestLoss, index + 1, value));
        }

        Assert.True(watch.IsOver);
    }

    [Fact]
    public void Restore_SavedAfterEachEpoch_GoesOnTheSame()
    {
        var (whole, broken) = (new BestWatch(Watched.TestLoss, 3), new BestWatch(Watched.TestLoss, 3));
        foreach (var (index, value) in ((double[])[double.NaN, 3, 4, 2, 5, 6, 7]).Index())
        {
            var json = broken.State.ToJson();
            broken = new BestWatch(Watched.TestLoss, 3);
            broken.Restore(BestEpochState.FromJson(json));
            var epoch = Epoch(Watched.TestLoss, index + 1, value);
            Assert.Equal((whole.See(epoch), whole.State, whole.IsOver), (broken.See(epoch), broken.State, broken.IsOver));
        }

        Assert.True(broken.IsOver);
    }

    [Fact]
    public void Restore_OfAnotherMeasure_OneSentence()
    {
        var watch = new BestWatch(Watched.TestLoss, 3);
        Assert.Equal(
            "Best is 'test-loss', but the saved run has watched test-accuracy; watch the same.",
            Assert.Throws<InvalidInputException>(() => watch.Restore(new BestEpochState(Epoch(Watched.TestAccuracy, 1, 0.5), 0))).Message);
        Assert.Same(BestEpochState.Initial, watch.State);
    }

    private static BestRecord Epoch(Watched watched, double epoch, double value) => new()
    {
        Watched = watched,
        Value = value,
        Epoch = epoch,
        Updates = 10 * (long)epoch,
        Samples = 100 * (long)epoch,
        TestLoss = 1,
        TestAccuracy = 0.5,
        ValidationLoss = double.NaN,
        ValidationAccuracy = double.NaN,
    };
}
