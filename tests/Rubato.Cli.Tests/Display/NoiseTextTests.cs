using Rubato.Cli.Display;
using Rubato.Runs.Noise;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class NoiseTextTests
{
    [Theory]
    [InlineData(1234.4, 128, "1,234 samples; batches of 128 need 1.10 times the fewest samples and 10.6 times the fewest updates")]
    [InlineData(12.34, 1024, "12.3 samples; batches of 1,024 need 84.0 times the fewest samples and 1.01 times the fewest updates")]
    [InlineData(200_000, 2, "200,000 samples; batches of 2 need 1.00 times the fewest samples and 100,001 times the fewest updates")]
    [InlineData(0, 8, "0 samples; batches of 8 are above the critical batch size")]
    public void Of_EndOfARun_WhatTheBatchCosts(double scale, long batch, string expected) =>
        Assert.Equal(expected, NoiseText.Of(new NoiseSummaryRecord(50, scale, batch)));

    [Theory]
    [InlineData(1, "not known from 1 measurement")]
    [InlineData(4, "not known from 4 measurements")]
    public void Of_NoAnswer_SaysSo(long measurements, string expected) => Assert.Equal(expected, NoiseText.Of(new NoiseSummaryRecord(measurements, null, 8)));

    [Fact]
    public void Of_NothingMeasured_Nothing() => Assert.Null(NoiseText.Of((NoiseSummaryRecord?)null));

    [Fact]
    public void Of_Curve_FirstLastAndLargest()
    {
        double[] traces = [50, 50, 50, 50, 50, 400, 200];
        var curve = NoiseCurve.Of([.. traces.Select((trace, i) => new NoiseRecord(10 * (i + 1), 1000 * (i + 1), 100, 0.5, trace))], average: 1);
        Assert.Equal(
            [
                "measurements  7 updates of 70, averaged over 1",
                "noise scale   100 at sample 5,000, 400 at sample 7,000, largest 800 at sample 6,000",
                "batch         batches of 100 need 1.25 times the fewest samples and 5.00 times the fewest updates at the end",
            ],
            NoiseText.Of(curve));
    }
}
