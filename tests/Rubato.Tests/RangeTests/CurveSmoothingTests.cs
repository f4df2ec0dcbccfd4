using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class CurveSmoothingTests
{
    [Theory]
    [InlineData("gp")]
    [InlineData("average")]
    [InlineData("average(0.9)")]
    [InlineData("average(0)")]
    public void Parse_Printed_IsTheSameText(string text) => Assert.Equal(text, CurveSmoothing.Parse(text, "--smoothing").ToString());

    [Theory]
    [InlineData("median")]
    [InlineData("gp(0.9)")]
    [InlineData("average(0.9, window 5)")]
    [InlineData("average(1)")]
    [InlineData("average(-0.1)")]
    [InlineData("average(x)")]
    [InlineData("average()")]
    public void Parse_Unknown_SaysWhatMayStandThere(string text)
    {
        var finding = Assert.Throws<InvalidInputException>(() => CurveSmoothing.Parse(text, "--smoothing")).Message;
        Assert.StartsWith("--smoothing", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Smooth_AverageOfBetaAHalf_IsTheCorrectedAverage()
    {
        var smoothed = new AverageSmoothing { Beta = 0.5 }.Smooth(Curves.Of(4, 1, 2));
        Assert.Equal([4, 2, 2], smoothed.Smoothed.Select(loss => Math.Round(loss, 12)));
        Assert.Equal([1, 2, 4], smoothed.LearningRates);
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("average")]
    public void Smooth_NonFiniteLosses_LeavesThemOut(string text)
    {
        var smoothed = CurveSmoothing.Parse(text, "smoothing").Smooth(Curves.Of(4, double.NaN, 3, double.PositiveInfinity, 2));
        Assert.Equal([1, 4, 16], smoothed.LearningRates);
        Assert.Throws<ArgumentException>(() => CurveSmoothing.Parse(text, "smoothing").Smooth(Curves.Of(double.NaN, double.NaN)));
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("average")]
    public void Smooth_CliffAfterTheValley_EndsHalfWayUp(string text)
    {
        var shape = new Curves.Shape();
        var smoothed = CurveSmoothing.Parse(text, "smoothing").Smooth(Curves.Record(shape));
        Assert.True(smoothed.HasRisen);
        Assert.InRange(Math.Log10(smoothed.LearningRates[^1]), shape.CliffBegins, shape.CliffBegins + 0.7);
        Assert.InRange(smoothed.Smoothed.Max(), shape.High - 0.1, shape.High + 0.1);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Smooth_GaussianProcess_IsNearerToTheTruthThanTheLosses(double noise)
    {
        var shape = new Curves.Shape { Noise = noise, CliffBegins = 1 };
        var truth = Curves.Record(shape with { Noise = 0 }).Points;
        var smoothed = new GaussianProcessSmoothing().Smooth(Curves.Record(shape));
        var (error, raw) = (0.0, 0.0);
        for (var i = 0; i < smoothed.Smoothed.Length; i++)
        {
            error += Math.Pow(smoothed.Smoothed[i] - truth[i].Loss, 2);
            raw += Math.Pow(smoothed.Losses[i] - truth[i].Loss, 2);
        }

        Assert.True(error < 0.15 * raw, $"{error} against {raw}");
        Assert.InRange(Math.Sqrt(error / smoothed.Smoothed.Length), 0.3 * smoothed.Noise, 3 * smoothed.Noise);
    }

    [Fact]
    public void Smooth_LinearSpacing_IsByTheLogarithmOfTheRate()
    {
        // The same losses at the same rates, once as many rates again near the end: the process must not care where points are dense.
        var shape = new Curves.Shape { CliffBegins = 1 };
        var all = Curves.Record(shape).Points;
        var dense = new RangeCurve([.. all.Where((_, i) => i % 4 == 0 || i > 100)], RangeEnd.Completed);
        var (few, many) = (new GaussianProcessSmoothing().Smooth(dense), new GaussianProcessSmoothing().Smooth(new RangeCurve(all, RangeEnd.Completed)));
        for (var i = 0; i < few.LearningRates.Length; i++)
        {
            Assert.Equal(many.Smoothed[many.LearningRates.IndexOf(few.LearningRates[i])], few.Smoothed[i], 0.1);
        }
    }

    [Fact]
    public void Smooth_CliffDownToAFloor_StaysAboveTheLowestLossAndFindsTheFloorsLowest()
    {
        // A process without bounds swings to -0.19 behind the cliff, and has its lowest there, at 0.044.
        var random = new CounterRandom(1, stream: 1, step: 0);
        var points = Enumerable.Range(0, 200).Select(i =>
        {
            var rate = 1e-5 * Math.Pow(1e6, i / 199.0);
            var loss = 0.01 + (2.3 / (1 + Math.Pow(rate / 0.01, 4))) + (0.02 * rate * rate);
            return new RangePoint(i + 1, rate, loss * (1 + (0.03 * random.NextDouble(-1, 1))));
        });
        var curve = new RangeCurve([.. points], RangeEnd.Completed);

        var smoothed = new GaussianProcessSmoothing().Smooth(curve);

        Assert.InRange(smoothed.Smoothed.Min(), smoothed.Losses.Min(), 0.05);
        Assert.InRange(smoothed.Smoothed.Max(), 2.3, smoothed.Losses.Max());
        Assert.InRange(RangeRules.Lowest(smoothed)!.Value, 0.115 / 2, 0.115 * 2);
    }
}
