using Rubato.Runs.Noise;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Noise;

public sealed class NoiseFigureTests
{
    [Fact]
    public void Of_GrowingNoise_TwoLinesOnOneAxis()
    {
        var figure = NoiseFigure.Of(NoiseCurve.Of(Measurements.Growing, average: 1));
        Assert.Equal(38_400, figure.End);
        Assert.Equal((64, 1000), (figure.Low, Math.Round(figure.High, 6)));
        Assert.Equal(36, figure.Lines[0].Points.Length);
        Assert.Equal((38_400, 1000), (figure.Lines[0].Points[^1].X, Math.Round(figure.Lines[0].Points[^1].Y, 6)));
        Assert.Equal([(0, 64), (12_800, 128), (38_400, 128)], figure.Lines[1].Points);
        Assert.Equal((false, true), (figure.Lines[0].IsStairs, figure.Lines[1].IsStairs));
    }

    [Fact]
    public void Of_NoiseScaleOfTheBatch_AnAxisWithRoom()
    {
        var figure = NoiseFigure.Of(NoiseCurve.Of(Measurements.Constant(8, 1, 32), average: 1));
        Assert.Equal((16, 64), (figure.Low, figure.High));
    }

    [Fact]
    public void Of_NoiseScaleOfZeroAtFirst_LeftOut()
    {
        NoiseRecord[] measurements = [.. Measurements.Constant(8, 1, 32).Select(one => one.Step < 7 ? one with { Trace = 0 } : one)];
        var figure = NoiseFigure.Of(NoiseCurve.Of(measurements, average: 1));
        Assert.Equal([(224, 32), (256, 32)], figure.Lines[0].Points);
    }

    [Fact]
    public void Of_ManyMeasurements_ThinnedOutWithTheLast()
    {
        var figure = NoiseFigure.Of(NoiseCurve.Of(Measurements.Constant(10_000, 1, 50)));
        Assert.InRange(figure.Lines[0].Points.Length, 500, 1001);
        Assert.Equal(320_000, figure.Lines[0].Points[^1].X);
    }
}
