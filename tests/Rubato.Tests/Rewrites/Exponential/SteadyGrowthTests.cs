using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class SteadyGrowthTests
{
    // The authors' example: LR_t = 0.1 1.481^t, t in epochs of 391 updates.
    [Fact]
    public void Of_Blog_GrowthOfAnEpoch()
    {
        var growth = SteadyGrowth.Of(new HyperParameters(0.1, 128, 0.9, 5e-4));

        Assert.Equal(1.4812, growth.OfRateOver(391), 5e-5);
        Assert.Equal(1.0010053, growth.OfRateOver(1), 5e-8);
        Assert.Equal(growth.OfRateOver(391), Math.Exp(growth.LogRateAt(392) - growth.LogRateAt(1)), 1e-12);
    }

    // Without momentum lr (1 - wd lr)^(-2t-1): 2, 8, 32, 128.
    [Fact]
    public void LogRateAt_NoMomentum_PowersOfTheRemainder()
    {
        var growth = SteadyGrowth.Of(new HyperParameters(1, 1, 0, 0.5));

        Assert.Equal((0.5, 1.0), (growth.Alpha, growth.BufferOffset));
        Assert.Equal([2, 8, 32, 128], new[] { 1L, 2, 3, 4 }.Select(step => Math.Round(Math.Exp(growth.LogRateAt(step)), 10)));
    }

    // The double root of a^2 - a + 1/4.
    [Fact]
    public void Of_AtTheLimit_RootOfTheMomentum() => Assert.Equal(0.5, SteadyGrowth.Of(new HyperParameters(1, 1, 0.25, 0.25)).Alpha, 1e-12);

    [Fact]
    public void Of_AnyValues_LargerRootAndFixedPoint() => Prop.ForAll(Arb.From(Gen.Choose(0, 999).Two()), pair =>
    {
        var momentum = pair.Item1 * 0.00099;
        var (rate, decay) = (0.3, pair.Item2 * 0.00099 * SteadyGrowth.Limit(momentum) / 0.3);

        var growth = SteadyGrowth.Of(new HyperParameters(rate, 1, momentum, decay));

        var a = growth.Alpha;
        Assert.Equal(0, (a * a) - ((1 + momentum - (decay * rate)) * a) + momentum, 1e-14);
        Assert.InRange(a, Math.Sqrt(momentum), 1);
        var pull = decay + (momentum * growth.BufferOffset);
        Assert.Equal(pull / (1 - (rate * pull)), growth.BufferOffset, 1e-12 * growth.BufferOffset);
        Assert.Equal((1 - a) / (a * rate), growth.BufferOffset, 1e-13);
    }).QuickCheckThrowOnFailure();

    // ln a = -wd lr / (1 - m) where that is small, to all digits.
    [Fact]
    public void Of_SmallProduct_NoDigitsLost()
    {
        var growth = SteadyGrowth.Of(new HyperParameters(1e-10, 1, 0.5, 1e-10));

        Assert.Equal(2e-20, growth.LogGrowth, 1e-35);
        Assert.Equal(2e-10, growth.BufferOffset, 1e-25);
    }

    [Fact]
    public void Of_RateZero_NoGrowth()
    {
        var growth = SteadyGrowth.Of(new HyperParameters(0, 1, 0.75, 0.5));

        Assert.Equal(new SteadyGrowth(0, 0, 2), growth);
        Assert.Equal(double.NegativeInfinity, growth.LogRateAt(5));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.9, 2.633e-3)]
    [InlineData(0.95, 6.41e-4)]
    [InlineData(0.99, 2.513e-5)]
    public void Limit_Momentum_SquareOfTheGap(double momentum, double expected) => Assert.Equal(expected, SteadyGrowth.Limit(momentum), 1e-3 * expected);

    [Theory]
    [InlineData(0.1, 0.9, 0.1, "the learning rate times the weight decay is 0.01, but must be at most (1 - sqrt(momentum))^2 = 0.0026334, and below 1.")]
    [InlineData(1, 0, 1, "the learning rate times the weight decay is 1, but must be at most (1 - sqrt(momentum))^2 = 1, and below 1.")]
    [InlineData(-1, 0, 0, "update must be a finite number of at least 0.")]
    [InlineData(1, 1, 0, "update must be at least 0 and below 1.")]
    public void Of_OutOfRange_OneSentence(double rate, double momentum, double decay, string sentence) => Assert.StartsWith(
        sentence,
        Assert.Throws<ArgumentOutOfRangeException>("update", () => SteadyGrowth.Of(new HyperParameters(rate, 1, momentum, decay))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OfRateOver_Negative_Refused()
    {
        var growth = SteadyGrowth.Of(new HyperParameters(1, 1, 0, 0.5));

        Assert.Throws<ArgumentOutOfRangeException>("updates", () => growth.OfRateOver(-1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => growth.LogRateAt(0));
    }
}
