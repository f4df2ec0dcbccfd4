using FsCheck;
using FsCheck.Fluent;

namespace Rubato.Tests;

public sealed class CounterRandomTests
{
    [Fact]
    public void NextBits_DefaultStream_SplitMix64OfSeed0()
    {
        // The first values of java.util.SplittableRandom's generator from state 0, as published with the reference code of xoshiro.
        var random = default(CounterRandom);

        Assert.Equal(0xE220A8397B1DCDAF, random.NextBits());
        Assert.Equal(0x6E789E6AA1B965F4UL, random.NextBits());
        Assert.Equal(0x06C45D188009454FUL, random.NextBits());
        Assert.Equal(0xF88BB8A8724C81EC, random.NextBits());
    }

    [Fact]
    public void NextBits_SameKey_SameDraws() =>
        Check.QuickThrowOnFailure(Prop.ForAll<long, long, long>((seed, stream, step) =>
        {
            var first = new CounterRandom(seed, stream, step);
            var second = new CounterRandom(seed, stream, step);
            return first.NextBits() == second.NextBits() && first.NextBits() == second.NextBits();
        }));

    [Fact]
    public void NextBits_NeighbouringKeys_AllDifferent()
    {
        var seen = new HashSet<ulong>();
        for (var seed = -10; seed < 10; seed++)
        {
            for (var stream = 0; stream < 10; stream++)
            {
                for (var step = 0; step < 100; step++)
                {
                    var random = new CounterRandom(seed, stream, step);
                    Assert.True(seen.Add(random.NextBits()));
                    Assert.True(seen.Add(random.NextBits()));
                }
            }
        }
    }

    [Fact]
    public void NextDouble_ManyDraws_UniformInUnitInterval()
    {
        var random = new CounterRandom(1, 2, 3);
        var tenths = new int[10];
        double sum = 0;
        for (var n = 0; n < 100_000; n++)
        {
            var draw = random.NextDouble();
            Assert.InRange(draw, 0, Math.BitDecrement(1.0));
            sum += draw;
            tenths[(int)(10 * draw)]++;
        }

        // Five standard deviations of a mean (1 / sqrt(12 n)) and of a count (sqrt(n 0.1 0.9)).
        Assert.Equal(0.5, sum / 100_000, 5 * 0.000913);
        Assert.All(tenths, count => Assert.InRange(count, 10_000 - 475, 10_000 + 475));
    }

    [Fact]
    public void NextDouble_Interval_Stretched()
    {
        var unit = new CounterRandom(4, 5, 6);
        var stretched = unit;

        Assert.Equal(-2 + (5 * unit.NextDouble()), stretched.NextDouble(-2, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void NextInt_ManyDraws_EachEquallyOften(int bound)
    {
        const int Draws = 70_000;
        var random = new CounterRandom(1, 2, bound);
        var counts = new int[bound];
        for (var n = 0; n < Draws; n++)
        {
            counts[random.NextInt(bound)]++;
        }

        var share = 1.0 / bound;
        var tolerance = 5 * Math.Sqrt(Draws * share * (1 - share));
        Assert.All(counts, count => Assert.InRange(count, (Draws * share) - tolerance, (Draws * share) + tolerance));
    }

    [Fact]
    public void NextInt_LargestBound_InRange()
    {
        // At 2^31 - 1 every second draw must be judged by the rejection threshold; at 3 * 2^29 a quarter is rejected.
        for (var step = 0; step < 1000; step++)
        {
            var random = new CounterRandom(1, 1, step);
            Assert.InRange(random.NextInt(int.MaxValue), 0, int.MaxValue - 1);
            Assert.InRange(random.NextInt(3 << 29), 0, (3 << 29) - 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void NextInt_NoRange_Refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1, 2, 3).NextInt(bound));

    [Fact]
    public void NextNormal_ManyDraws_StandardMoments()
    {
        var random = new CounterRandom(7, 8, 9);
        const int Draws = 100_000;
        double sum = 0, squares = 0, within = 0;
        for (var n = 0; n < Draws; n++)
        {
            var draw = random.NextNormal();
            Assert.True(double.IsFinite(draw));
            sum += draw;
            squares += draw * draw;
            within += Math.Abs(draw) < 1 ? 1 : 0;
        }

        // Five standard deviations: 1 / sqrt(n), sqrt(2 / n), sqrt(p (1 - p) / n) with p = erf(1 / sqrt 2).
        Assert.Equal(0, sum / Draws, 0.0159);
        Assert.Equal(1, squares / Draws, 0.0224);
        Assert.Equal(0.682689, within / Draws, 0.0074);
    }

    [Fact]
    public void Shuffle_AnyItems_SameItems() =>
        Check.QuickThrowOnFailure(Prop.ForAll<int[], long>((items, seed) =>
        {
            var shuffled = (int[])items.Clone();
            new CounterRandom(seed, 0, 0).Shuffle<int>(shuffled);
            return shuffled.Order().SequenceEqual(items.Order());
        }));

    [Fact]
    public void Shuffle_ThreeItems_EachOrderEquallyOften()
    {
        const int Draws = 60_000;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var step = 0; step < Draws; step++)
        {
            char[] items = ['a', 'b', 'c'];
            new CounterRandom(3, 4, step).Shuffle<char>(items);
            var order = new string(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Five standard deviations: 5 sqrt(n (1/6) (5/6)) = 456.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 10_000 - 456, 10_000 + 456));
    }
}
