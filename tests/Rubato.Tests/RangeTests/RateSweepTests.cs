using FsCheck;
using FsCheck.Fluent;
using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RangeRecorderTests
{
    [Fact]
    public void Add_ConstantLoss_TakesDownEveryRateOnce()
    {
        var test = new RangeTest(0.001, 0.1, 21);
        var recorder = test.Record();
        while (!recorder.IsOver)
        {
            recorder.Add(1, accuracy: 0.5);
        }

        var curve = recorder.ToCurve();
        Assert.Equal(RangeEnd.Completed, curve.End);
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), curve.Points.Select(point => point.Iteration));
        Assert.Equal(Enumerable.Range(0, 21).Select(i => test.Schedule.At(i)), curve.Points.Select(point => point.LearningRate));
        Assert.All(curve.Points, point => Assert.Equal((1, 0.5), (point.Loss, point.Accuracy)));
        Assert.Throws<InvalidOperationException>(() => recorder.Add(1));
    }

    [Fact]
    public void SmoothedLoss_OfFiftyUpdates_IsTheCorrectedAverageThatFallsByEAnUpdate()
    {
        var recorder = new RangeTest(0.001, 0.1, 50).Record();
        Assert.True(double.IsNaN(recorder.SmoothedLoss));
        recorder.Add(4);
        Assert.Equal(4, recorder.SmoothedLoss, 1e-12);
        recorder.Add(8);
        Assert.Equal((4 + (8 * Math.E)) / (1 + Math.E), recorder.SmoothedLoss, 1e-12);
    }

    [Theory]
    [InlineData(4, 5.0, RangeEnd.Diverged)]
    [InlineData(4, 3.9, RangeEnd.Completed)]
    [InlineData(6, 5.0, RangeEnd.Completed)]
    public void Add_LossAboveItsLowestBySomeFactor_EndsAtTheThreshold(double threshold, double factor, RangeEnd expected)
    {
        var recorder = new RangeTest(0.001, 0.1, 100) { DivergeThreshold = threshold }.Record();
        while (!recorder.IsOver)
        {
            recorder.Add(recorder.Iterations < 50 ? 0.5 : 0.5 * factor);
        }

        Assert.Equal(expected, recorder.ToCurve().End);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Add_LossNotFinite_EndsThere(double loss)
    {
        var recorder = new RangeTest(0.001, 0.1, 100).Record();
        recorder.Add(1);
        recorder.Add(2);
        recorder.Add(loss);
        Assert.True(recorder.IsOver);
        Assert.Equal((3, RangeEnd.NonFinite), (recorder.ToCurve().Points.Length, recorder.ToCurve().End));
    }

    [Fact]
    public void Add_AnyLosses_StopsWithTheFirstThatIsNotFiniteOrTooLarge() => Check.QuickThrowOnFailure(Prop.ForAll<double[]>(losses =>
    {
        var test = new RangeTest(0.01, 1, 10);
        var recorder = test.Record();
        var keep = Math.Exp(-5);
        var seen = new List<double>();
        foreach (var loss in losses)
        {
            if (recorder.IsOver)
            {
                break;
            }

            recorder.Add(loss);
            seen.Add(loss);
        }

        // The same average, from all losses anew.
        double Average(int count) => Enumerable.Range(0, count).Sum(i => Math.Pow(keep, count - 1 - i) * seen[i]) / Enumerable.Range(0, count).Sum(i => Math.Pow(keep, i));
        bool IsLast(int count) => !double.IsFinite(seen[count - 1]) || count == 10
            || (Enumerable.Range(1, count).Min(Average) is > 0 and var lowest && Average(count) > 4 * lowest);
        return seen.Count == 0 || (recorder.IsOver == IsLast(seen.Count) && !Enumerable.Range(1, seen.Count - 1).Any(IsLast));
    }));

    [Fact]
    public void ToCurve_BeforeTheEnd_IsInterrupted()
    {
        var recorder = new RangeTest(0.001, 0.1, 100).Record();
        Assert.Throws<InvalidOperationException>(recorder.ToCurve);
        recorder.Add(1);
        Assert.Equal(RangeEnd.Interrupted, recorder.ToCurve().End);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Add_AccuracyOutOfRange_IsRefused(double accuracy) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(0.001, 0.1, 100).Record().Add(1, accuracy));
}
