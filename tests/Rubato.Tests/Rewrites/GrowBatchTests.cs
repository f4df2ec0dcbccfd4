using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class GrowBatchTests
{
    // Rates over 1000 samples in batches of 10, with room up to 100.
    [Theory]
    [InlineData("multi-step(1, gamma 0.5, at 300sp 600sp)", "1", "table(0sp: 10, 300sp: 20, 600sp: 40)")]
    [InlineData("multi-step(1, gamma 0.2, at 300sp 600sp)", "table(0sp: 1, 600sp: 0.4)", "table(0sp: 10, 300sp: 50, 600sp: 100)")]
    [InlineData("multi-step(1, gamma 0.4, at 300sp)", "1", "table(0sp: 10, 300sp: 25)")]
    [InlineData("step(1, gamma 0.1, every 500sp)", "1", "table(0sp: 10, 500sp: 100)")]
    [InlineData("linear(0 -> 1, 200sp) then constant(1, 100sp) then 0.5", "table(0sp: 1, 300sp: 2) * (linear(0 -> 1, 200sp) then constant(1, 100sp) then 0.5)", "table(0sp: 10, 300sp: 20)")]
    [InlineData("table(0sp: 0.1, 200sp: 0.2, 400sp: 0.1, 600sp: 0.4, 800sp: 0)", "table(0sp: 0.1, 200sp: 0.2, 600sp: 0.4, 800sp: 0)", "table(0sp: 10, 400sp: 20, 600sp: 10, 800sp: 100)")]
    [InlineData("linear(1 -> 0)", "table(0sp: 1, 500sp: 2, 750sp: 4, 875sp: 8, 900sp: 10) * linear(1 -> 0)", "table(0sp: 10, 500sp: 20, 750sp: 40, 875sp: 80, 900sp: 100)")]
    [InlineData("triangular(0.1..1, step 180sp, cycles 2)", "table(0sp: 1, 280sp: 2, 330sp: 4, 355sp: 8, 360sp: 10, 361sp: 8, 366sp: 4, 380sp: 2, 441sp: 1, 640sp: 2, 690sp: 4, 715sp: 8, 720sp: 10) * triangular(0.1..1, step 180sp, cycles 2)", null)]
    public void Apply_Rates_HeldAtTheirPeak(string rate, string newRate, string? newBatchSize)
    {
        var texts = RewriteExamples.Texts(new GrowBatch().Apply(RewriteExamples.Plan(rate)));

        Assert.Equal(newRate, texts[0]);
        Assert.Equal(newBatchSize ?? texts[1], texts[1]);
    }

    // The hybrid schedule of Smith et al. 2018, Figure 1: the first decay is growth, the others are decays.
    [Fact]
    public void Apply_First_TheOtherDecaysStay()
    {
        var plan = new GrowBatch { First = 1 }.Apply(RewriteExamples.Original);

        Assert.Equal(["table(0ep: 0.1, 120ep: 0.02, 160ep: 0.004)", "table(0ep: 128, 60ep: 640)"], RewriteExamples.Texts(plan));
        Assert.Equal(34_750, plan.CountUpdates());
    }

    [Theory]
    [InlineData(1, "table(0sp: 10, 500sp: 20)")]
    [InlineData(2, "table(0sp: 10, 500sp: 20, 750sp: 40)")]
    [InlineData(9, "table(0sp: 10, 500sp: 20, 750sp: 40, 875sp: 80, 900sp: 100)")]
    public void Apply_FirstOfASmoothDecay_CountsItsSteps(int first, string batchSize) =>
        Assert.Equal(batchSize, new GrowBatch { First = first }.Apply(RewriteExamples.Plan("linear(1 -> 0)")).BatchSize.ToString());

    // 12.5, 15.6, 19.5 ... times 10, down to whole numbers and to multiples of 8.
    [Theory]
    [InlineData(1, "table(0sp: 10, 100sp: 12, 200sp: 15, 300sp: 19)")]
    [InlineData(8, "table(0sp: 10, 300sp: 16, 400sp: 24)")]
    public void Apply_Rounding_DownAndTheRateTakesTheRest(long multiple, string start)
    {
        var plan = RewriteExamples.Plan("step(1, gamma 0.8, every 100sp)");
        var rewritten = new GrowBatch { Multiple = multiple }.Apply(plan);

        Assert.StartsWith(start[..^1], rewritten.BatchSize.ToString(), StringComparison.Ordinal);
        RewriteExamples.AssertSameNoise(plan, rewritten, NoiseForm.SmallBatch);
    }

    // N / B - 1 is 99, then 99 / 3 = 33, and 1000 / 34 is 29.4: of 29, 971 / 29 is left.
    [Fact]
    public void Apply_ExactForm_KeepsNOverBMinus1()
    {
        var plan = new GrowBatch { Form = NoiseForm.Exact }.Apply(RewriteExamples.Plan("table(0sp: 3, 500sp: 1)"));

        Assert.Equal("table(0sp: 10, 500sp: 29)", plan.BatchSize.ToString());
        Assert.Equal(99 / (971 / 29.0), plan.LearningRate.At(500), 1e-13);
    }

    [Fact]
    public void Apply_PlannedBeyondTheLimit_StaysAsPlanned() =>
        Assert.Equal(
            "table(0sp: 10, 200sp: 50, 600sp: 200)",
            new GrowBatch { MaxBatch = 50 }.Apply(RewriteExamples.Plan("table(0sp: 1, 200sp: 0.1)", "table(0sp: 10, 600sp: 200)")).BatchSize.ToString());

    // Six updates of 128 have room before the restart, and 2,048 do not: they have the rate that is planned there.
    [Fact]
    public void Apply_WarmRestart_NoUpdateBeforeItHasTheRateBeyond()
    {
        var plan = RewriteExamples.Plan("sgdr(0.4922 -> 0.02461, first 2ep, mult 2)", "128", length: "8ep", samplesPerEpoch: 50_000);

        var grown = new GrowBatch { MaxBatch = 5120 }.Apply(plan);

        Assert.Equal(2048, grown.BatchSize.At(99_000));
        var before = grown.EnumerateUpdates().Where(update => update.Start is >= 99_328 and < 100_000).ToList();
        Assert.Equal(6, before.Count);
        Assert.All(before, update => Assert.Equal(plan.At(update.Start), update.HyperParameters));
    }

    [Fact]
    public void Apply_LargeBudget_StepsWhereTheRateHasHalved()
    {
        var plan = new GrowBatch().Apply(RewriteExamples.Plan("linear(1 -> 0)", "128", length: "90ep", samplesPerEpoch: 1_280_000));

        Assert.Equal(128, plan.BatchSize.At(57_599_999));
        Assert.Equal(256, plan.BatchSize.At(57_600_000));
        Assert.Equal(128_000, plan.At(115_100_000).BatchSize);
    }

    [Fact]
    public void Apply_RandomPlans_AsTheSlowTwin() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
    {
        var random = new CounterRandom(seed, 6, 0);
        var smooth = random.NextInt(2) == 0;
        var rate = smooth
            ? $"triangular(0.01..0.1, step {50 + random.NextInt(200)}sp) * linear(1 -> 0.01, 900sp)"
            : $"step(0.1, gamma 0.9, every {20 + random.NextInt(80)}sp) * repeat(table(0sp: 1, 41sp: 0.3, 60sp: 1.2), 12)";
        var plan = RewriteExamples.Plan(rate, random.NextInt(2) == 0 ? "7" : "table(0sp: 6, 450sp: 9)", length: smooth ? "899sp" : "700sp");
        var (multiple, largest, ratio) = (1 + random.NextInt(4), 20 + random.NextInt(60), 1.3 + random.NextInt(3));

        var rewritten = new GrowBatch { Multiple = multiple, MaxBatch = largest, Ratio = ratio }.Apply(plan);

        Assert.Equal(Slow(plan, smooth ? ratio : null, multiple, largest), Enumerable.Range(0, (int)plan.Samples).Select(position => (long)rewritten.BatchSize.At(position)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Init_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("First", () => new GrowBatch { First = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Ratio", () => new GrowBatch { Ratio = 1 });
    }

    // Sample by sample: the largest allowed size whose rate is not above the peak; for smooth rates, of the sizes of whole steps.
    private static List<long> Slow(TrainingPlan plan, double? ratio, long multiple, long largest)
    {
        var sizes = new List<long>();
        var peak = 0.0;
        for (var position = 0; position < plan.Samples; position++)
        {
            var rate = plan.LearningRate.At(position);
            var planned = (long)plan.BatchSize.At(position);
            peak = Math.Max(peak, rate);
            var best = planned;
            for (var size = multiple; size <= largest; size += multiple)
            {
                var fits = ratio is not { } step || size + multiple > largest && planned * peak >= rate * size
                    ? planned * peak * (1 + 1e-9) >= rate * size
                    : size <= planned * Steps(peak / rate, step) * (1 + 1e-9);
                best = fits && size > best ? size : best;
            }

            sizes.Add(best);
        }

        ShrinkInTime(sizes, multiple, [.. Enumerable.Range(0, (int)plan.Samples).Select(position => (long)plan.BatchSize.At(position))]);
        return sizes;
    }

    // Update by update: where a size has no room before a smaller one, the smaller one begins at once.
    private static void ShrinkInTime(List<long> sizes, long multiple, long[] planned)
    {
        for (var start = 0; start < sizes.Count;)
        {
            var (read, size) = (start, sizes[start]);
            while (Change(read) < start + (size * 0.5))
            {
                read = Change(read);
                size = sizes[read];
            }

            var whole = size / multiple * multiple;
            var small = Math.Max(whole, planned[start]);
            if (read > start && small < sizes[start] && start + (small * 0.5) <= read)
            {
                for (var position = start; position < read; position++)
                {
                    sizes[position] = Math.Min(sizes[position], Math.Max(whole, planned[position]));
                }
            }
            else
            {
                start += (int)size;
            }
        }

        int Change(int from)
        {
            var position = from;
            while (position < sizes.Count && sizes[position] == sizes[from] && planned[position] == planned[from])
            {
                position++;
            }

            return position == sizes.Count ? int.MaxValue : position;
        }
    }

    private static double Steps(double fall, double ratio)
    {
        var steps = 1.0;
        while (steps * ratio <= fall * (1 + 1e-12))
        {
            steps *= ratio;
        }

        return steps;
    }
}
