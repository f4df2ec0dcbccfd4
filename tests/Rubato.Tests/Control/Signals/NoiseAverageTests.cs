using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class NoiseAverageTests
{
    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(200, 0.95)]
    [InlineData(1000, 0.99)]
    [InlineData(10_000, 0.999)]
    public void TrailingDecay_OfManyMeasurements_IsThatOfATenthOfThem(long count, double decay) =>
        Assert.Equal(decay, NoiseAverage.TrailingDecay(count), 1e-15);

    private static readonly int[] EightOfFour = [.. Enumerable.Repeat(4, 8)];

    [Fact]
    public void Add_OnlyOne_ItselfToTheLastBit() =>
        Assert.Equal(new NoiseAverage { Count = 1, SquaredNorm = 0.1, Trace = 1.0 / 3 }, default(NoiseAverage).Add(new GradientNoise(0.1, 1.0 / 3)));

    [Fact]
    public void Add_SeveralByHand_WeightedMeans()
    {
        // Weights 1, 2, 4 of 7.
        var average = Of(0.5, new GradientNoise(7, 0), new GradientNoise(0, 7), new GradientNoise(14, 3.5));
        Assert.Equal(3, average.Count);
        Assert.Equal(9, average.SquaredNorm, 1e-12);
        Assert.Equal(4, average.Trace, 1e-12);
    }

    [Fact]
    public void Add_NoDecay_TheLastOne() => Assert.Equal(new NoiseAverage { Count = 2, SquaredNorm = 3, Trace = 4 }, Of(0, new GradientNoise(1, 2), new GradientNoise(3, 4)));

    [Fact]
    public void Add_AnyNumber_WeightsOfTheDefinition()
    {
        var random = new CounterRandom(1, 2, 3);
        var values = Enumerable.Range(0, 500).Select(_ => new GradientNoise(random.NextNormal() + 1, random.NextNormal() + 5)).ToList();
        for (var count = 1; count <= values.Count; count += 83)
        {
            var weights = Enumerable.Range(0, count).Select(i => Math.Pow(NoiseAverage.UsualDecay, count - 1 - i)).ToList();
            var average = Of(NoiseAverage.UsualDecay, [.. values.Take(count)]);
            Assert.Equal(weights.Zip(values, (weight, value) => weight * value.SquaredNorm).Sum() / weights.Sum(), average.SquaredNorm, 1e-12);
            Assert.Equal(weights.Zip(values, (weight, value) => weight * value.Trace).Sum() / weights.Sum(), average.Trace, 1e-12);
        }
    }

    [Fact]
    public void Add_HugeNumbers_StaysFinite()
    {
        var average = Of(0.5, new GradientNoise(double.MaxValue, double.MaxValue), new GradientNoise(-double.MaxValue, double.MaxValue));
        Assert.Null(average.Finding());
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity)]
    public void Add_NotFinite_IsLeftOut(double norm, double trace)
    {
        var average = default(NoiseAverage).Add(new GradientNoise(1, 2));
        Assert.Equal(average, average.Add(new GradientNoise(norm, trace)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Add_DecayOutOfRange_IsRefused(double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(NoiseAverage).Add(new GradientNoise(1, 2), decay));

    [Theory]
    [InlineData(5, 2, 6, 3.0)]
    [InlineData(5, 2, 0, 0.0)]
    [InlineData(4, 2, 6, null)]
    [InlineData(0, 0, 0, null)]
    [InlineData(9, 0, 6, null)]
    [InlineData(9, -2, 6, null)]
    [InlineData(9, 2, -6, null)]
    [InlineData(9, 1e-300, 1e300, null)]
    public void NoiseScale_Means_TheirQuotientWhereThereIsOne(long count, double norm, double trace, double? expected) =>
        Assert.Equal(expected, new NoiseAverage { Count = count, SquaredNorm = norm, Trace = trace }.NoiseScale);

    [Fact]
    public void NoiseScale_ManyMeasurements_QuotientOfMeansIsRightAndMeanOfQuotientsIsNot()
    {
        const int Updates = 50_000;
        var source = NoisyGradients.Even(12, 13.35);
        var (norm, trace, quotients) = (0.0, 0.0, 0.0);
        for (var update = 0; update < Updates; update++)
        {
            var noise = source.Measure(7, update, 16, 16, 16, 16);
            norm += noise.SquaredNorm;
            trace += noise.Trace;
            quotients += noise.Trace / noise.SquaredNorm;
        }

        Assert.Equal(1, trace / norm / source.NoiseScale, 0.01);
        Assert.InRange(quotients / Updates / source.NoiseScale, 1.05, 2);
    }

    [Theory]
    [InlineData(400, 1.1, 1.2)]
    [InlineData(20, 1.5, 2)]
    public void NoiseScale_AtAQuarterOfTheCriticalBatch_NineOfTenWithinTheFactorThatIsToldOf(int updates, double low, double high)
    {
        const int Runs = 200;
        var source = NoisyGradients.Even(30, 4 * EightOfFour.Sum());
        var factors = Enumerable.Range(0, Runs)
            .Select(run => Math.Exp(Math.Abs(Math.Log(Simulated(source, run, updates).NoiseScale!.Value / source.NoiseScale))))
            .Order().ToList();
        Assert.InRange(factors[Runs * 9 / 10], low, high);
    }

    [Fact]
    public void NoiseScale_AfterAChange_FollowsIt()
    {
        var average = Simulated(NoisyGradients.Even(30, 16), run: 0, updates: 500);
        Assert.InRange(average.NoiseScale!.Value, 12, 20);
        var after = NoisyGradients.Even(30, 64);
        for (var update = 0; update < 500; update++)
        {
            average = average.Add(after.Measure(1, update, EightOfFour));
        }

        Assert.InRange(average.NoiseScale!.Value, 48, 80);
    }

    private static NoiseAverage Simulated(NoisyGradients source, long run, int updates) =>
        Of(NoiseAverage.UsualDecay, [.. Enumerable.Range(0, updates).Select(update => source.Measure(run, update, EightOfFour))]);

    private static NoiseAverage Of(double decay, params IEnumerable<GradientNoise> values) =>
        values.Aggregate(default(NoiseAverage), (average, value) => average.Add(value, decay));
}
