using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class MomentumLagTests
{
    // Two heavy balls under the gradient 1, one of them with a full buffer from the start.
    [Theory]
    [InlineData(0.9, 10)]
    [InlineData(0.98, 32)]
    [InlineData(0.99, 100)]
    [InlineData(0, 10)]
    public void Of_ConstantGradient_AsSimulated(double momentum, long size)
    {
        const double Rate = 0.5;
        const int Updates = 20_000;
        var (buffer, empty, full) = (0.0, 0.0, 0.0);
        for (var update = 0; update < Updates; update++)
        {
            buffer = (momentum * buffer) + 1;
            empty += Rate * buffer;
            full += Rate / (1 - momentum);
        }

        var lag = MomentumLag.Of(new HyperParameters(Rate, size, momentum, 0), 1000);

        Assert.Equal(full - empty, lag.Displacement, 1e-6);
        Assert.Equal((full - empty) / full * Updates * size / 1000, lag.LostEpochs, 1e-9);
    }

    [Fact]
    public void Of_TimeConstant_BufferFilledToOneMinusOneOverE()
    {
        var lag = MomentumLag.Of(new HyperParameters(1, 10, 0.999, 0), 1000);

        Assert.Equal(10, lag.TimeConstant, 1e-9);
        Assert.Equal(1 - Math.Exp(-1), 1 - Math.Pow(0.999, lag.TimeConstant * 1000 / 10), 1e-3);
    }

    [Fact]
    public void Of_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("update", () => MomentumLag.Of(default, 10));
        Assert.Throws<ArgumentOutOfRangeException>("trainingSamples", () => MomentumLag.Of(new HyperParameters(1, 1, 0, 0), 0));
    }

    [Theory]
    [InlineData(0, 0.9, 10)]
    [InlineData(0.9, 0.95, 2)]
    [InlineData(0.75, 0.5, 0.5)]
    [InlineData(0.9, 0.9, 1)]
    public void BufferFactor_TwoMomenta_IsTheRatioOfTheirSteadyStates(double from, double to, double expected) =>
        Assert.Equal(expected, MomentumLag.BufferFactor(from, to), 1e-14);

    [Fact]
    public void BufferFactor_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("from", () => MomentumLag.BufferFactor(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("to", () => MomentumLag.BufferFactor(0, -0.1));
    }
}
