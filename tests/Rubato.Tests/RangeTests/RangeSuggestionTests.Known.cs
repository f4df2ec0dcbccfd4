using System.Globalization;
using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

/// <summary>What the rules make of many curves that are known; RUBATO_CURVES sets how many, and the output says what came of them.</summary>
public sealed partial class RangeSuggestionTests
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("RUBATO_CURVES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 200;

    [Fact]
    public void Of_KnownValleysWithNoise_ValleyWithinAFactorOfOneAndAHalfIn95Percent()
    {
        var near = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            var shape = RandomShape(seed);
            var suggestion = RangeSuggestion.Of([Curves.Record(shape, seed)], Usual with { Rule = "valley" });
            near += IsNear(suggestion.Range?.MaxLr, shape) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"valley near in {near} of {Count}");
        Assert.InRange(near, 0.95 * Count, Count);
    }

    [Fact]
    public void Valley_LongestFallingSubsequenceInItsPlace_IsFarOffMoreOftenThanNot()
    {
        // Why valley is not fastai's to the letter: the same losses, and the middle of their longest falling subsequence.
        var near = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            var shape = RandomShape(seed);
            var smoothed = new GaussianProcessSmoothing().Smooth(Curves.Record(shape, seed));
            var (first, last) = LongestFall(smoothed.Smoothed);
            near += IsNear(smoothed.LearningRates[(first + last) / 2], shape) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"longest falling subsequence near in {near} of {Count}");
        Assert.InRange(near, 0, 0.5 * Count);
    }

    [Fact]
    public void Of_CurvesWithoutAFall_HaveNoAnswer()
    {
        var answered = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            var shape = new Curves.Shape { Low = 2.3 - 1e-3, CliffBegins = 3, Noise = 30 * (1 + (seed % 10)), Iterations = 100 + (100 * (seed % 4)) };
            var suggestion = RangeSuggestion.Of([Curves.Record(shape, seed)], Usual);
            answered += suggestion.Range is null ? 0 : 1;
            Assert.True(suggestion.Range is not null || suggestion.Reason!.StartsWith("the loss falls at no rate by more than its noise", StringComparison.Ordinal), suggestion.Reason);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"answered {answered} of {Count}");
        Assert.InRange(answered, 0, 0.02 * Count);
    }

    private static bool IsNear(double? rate, Curves.Shape shape) => rate < 1.5 * shape.Valley && rate > shape.Valley / 1.5;

    private static (int First, int Last) LongestFall(IReadOnlyList<double> losses)
    {
        var (lengths, before) = (new int[losses.Count], new int[losses.Count]);
        for (var i = 0; i < losses.Count; i++)
        {
            (lengths[i], before[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (losses[i] < losses[j] && lengths[j] >= lengths[i])
                {
                    (lengths[i], before[i]) = (lengths[j] + 1, j);
                }
            }
        }

        var last = Array.IndexOf(lengths, lengths.Max());
        var first = last;
        while (before[first] >= 0)
        {
            first = before[first];
        }

        return (first, last);
    }

    private static Curves.Shape RandomShape(int seed)
    {
        var random = new CounterRandom(seed, stream: 2, step: 0);
        var decades = random.NextDouble(5, 8);
        var begins = -6 + (decades * random.NextDouble(0.1, 0.45));
        var ends = begins + (decades * random.NextDouble(0.15, 0.35));
        var high = random.NextDouble(0.7, 5);
        return new Curves.Shape
        {
            Iterations = 100 + random.NextInt(300),
            End = decades - 6,
            FallBegins = begins,
            FallEnds = ends,
            CliffBegins = ends + (decades * random.NextDouble(0, 0.15)),
            High = high,
            Low = high * random.NextDouble(0.05, 0.7),
            Noise = random.NextDouble(0, 0.2),
        };
    }
}
