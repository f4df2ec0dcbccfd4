using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ScaleShiftTests
{
    // With the limit 1024: a rate of 2^11 needs c^2 = 2^-12, which leaves 1/2.
    [Theory]
    [InlineData(0, 9, 0)]
    [InlineData(0, 11, -6)]
    [InlineData(0, 125, -63)]
    [InlineData(-6, 21, -6)]
    [InlineData(-6, 23, -12)]
    [InlineData(-6, -3, -6)]
    public void ForRate_PowersOfTwo_ExponentOfTheTotal(long before, int rate, long after)
    {
        var logRate = rate * Math.Log(2);

        var shift = new ScaleShift(before).ForRate(logRate, 1024);

        Assert.Equal(new ScaleShift(after), shift);
        Assert.Equal((rate + (2 * after)) * Math.Log(2), shift.LogRate(logRate), 1e-12);
        Assert.Equal(Math.Pow(2, after - before), new ScaleShift(before).FactorTo(shift));
    }

    // With the limit 4 on the weights: 2^3.5 comes to 2^-0.5.
    [Theory]
    [InlineData(0, 1.5, 0)]
    [InlineData(0, 3.5, -4)]
    [InlineData(-4, 5.5, -4)]
    [InlineData(-4, 6.5, -7)]
    public void ForGrowth_PowersOfTwo_ExponentOfTheTotal(long before, double growth, long after)
    {
        var shift = new ScaleShift(before).ForGrowth(growth * Math.Log(2), 4);

        Assert.Equal(new ScaleShift(after), shift);
        Assert.Equal((growth + after) * Math.Log(2), shift.LogGrowth(growth * Math.Log(2)), 1e-12);
    }

    [Fact]
    public void ForRate_AnyRates_KeptRateWithinTheLimit() => Prop.ForAll(Arb.From(Gen.Choose(-2000, 2000).NonEmptyListOf()), rates =>
    {
        var shift = default(ScaleShift);
        foreach (var logRate in rates.Select(rate => rate * 0.37))
        {
            var next = shift.ForRate(logRate, 1000);
            Assert.True(next.LogRate(logRate) <= Math.Log(1000));
            if (next != shift)
            {
                Assert.True(shift.LogRate(logRate) > Math.Log(1000));

                // A power of two more or less changes the rate by a factor of 4.
                Assert.InRange(next.LogRate(logRate), -Math.Log(4) - 1e-9, 1e-9);
            }

            shift = next;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ForRate_RateZero_Stays() => Assert.Equal(default, default(ScaleShift).ForRate(double.NegativeInfinity, 1));

    // In float32, to the last bit: a run that is scaled in the middle has c times the other's weights, and 1 / c times its buffer.
    [Fact]
    public void FactorTo_RunIsScaled_SameBitsTimesTheFactor()
    {
        const float Factor = 1f / 64;
        Assert.Equal(Factor, default(ScaleShift).FactorTo(new ScaleShift(-6)));
        var (plain, scaled) = (new Run(1.3f, -0.7f), new Run(1.3f, -0.7f));

        for (var step = 0; step < 200; step++)
        {
            if (step == 70)
            {
                scaled.Scale(Factor);
            }

            plain.Step(0.3f);
            scaled.Step(step < 70 ? 0.3f : 0.3f * Factor * Factor);
        }

        Assert.Equal(plain.Weights.Select(weight => weight * Factor), scaled.Weights);
        Assert.Equal(plain.Buffer.Select(velocity => velocity / Factor), scaled.Buffer);
        Assert.NotEqual(1.3f, plain.Weights[0]);
    }

    [Fact]
    public void ForRate_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => default(ScaleShift).ForRate(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => default(ScaleShift).ForGrowth(1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("logRate", () => default(ScaleShift).ForRate(double.NaN, 10));
        Assert.Throws<ArgumentOutOfRangeException>("logRate", () => default(ScaleShift).ForRate(double.PositiveInfinity, 10));
        Assert.Throws<ArgumentOutOfRangeException>("logGrowth", () => default(ScaleShift).ForGrowth(double.NegativeInfinity, 10));
    }

    [Fact]
    public void FactorTo_BeyondFloat32_OneSentence() => Assert.StartsWith(
        "the totals are -200 powers of two apart, which one factor cannot make up for; give a lower limit, so that less is scaled at once.",
        Assert.Throws<ArgumentOutOfRangeException>("next", () => default(ScaleShift).FactorTo(new ScaleShift(-200))).Message,
        StringComparison.Ordinal);

    // Pulls two weights to an angle of 1 radian, whose cosine is 0.54 and whose sine is 0.84; their length has no effect on the loss.
    private sealed class Run(float x, float y)
    {
        internal float[] Weights { get; } = [x, y];

        internal float[] Buffer { get; } = [0, 0];

        internal void Scale(float factor)
        {
            for (var i = 0; i < 2; i++)
            {
                Weights[i] *= factor;
                Buffer[i] /= factor;
            }
        }

        internal void Step(float rate)
        {
            var (first, second) = (Weights[0], Weights[1]);
            var square = (first * first) + (second * second);
            var norm = MathF.Sqrt(square);
            var pull = ((second / norm * 0.54f) - (first / norm * 0.84f)) / square;
            float[] gradient = [-pull * second, pull * first];
            for (var i = 0; i < 2; i++)
            {
                Buffer[i] = (0.9f * Buffer[i]) + gradient[i];
                Weights[i] -= rate * Buffer[i];
            }
        }
    }
}
