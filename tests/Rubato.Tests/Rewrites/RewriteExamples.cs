using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;
using Rubato.Tests.Plans;
using Rubato.Tests.Schedules;

namespace Rubato.Tests.Rewrites;

/// <summary>Plans that are rewritten, and what they must come to.</summary>
internal static class RewriteExamples
{
    private static readonly string[] Rates =
    [
        "multi-step(0.1, gamma 0.2, at 700sp 0.9ep 0.95dur)",
        "step(0.3, gamma 0.7, every 333sp)",
        "cosine(0.1 -> 0)",
        "linear(0 -> 0.5, 0.1dur) then cosine(0.5 -> 0.001)",
        "warmup(multi-step(1, gamma 0.1, at 900sp 1500sp), 200sp, from 0.1)",
        "triangular(0.01..0.1, step 401sp)",
        "exp-range(0.01..0.1, step 401sp, gamma 0.9999)",
        "sgdr(0.2 -> 0.01, first 300sp, mult 2)",
        "one-cycle(1)",
        "wsd(0.3, warmup 0.1dur, decay 0.3dur)",
        "staged(800sp: triangular2(0.001..0.005, step 100sp), rest: exponential(0.005 -> 0.0001))",
        "inverse-sqrt(0.2, timescale 17ba)",
        "table(0ep: 0.1, 0.5ep: 0.3, 0.8ep: 0, 1ep: 0.05)",
        "0.2",
    ];

    private static readonly string[] BatchSizes =
    [
        "5", "8", "multi-step(4, gamma 2, at 500sp 0.6ep)", "constant(6, 40ba) then 9", "linear(3 -> 12, 700sp)", "triangular(2..7, step 90sp)", "table(0sp: 9, 333.5sp: 4)",
    ];

    private static readonly string[] Momenta = ["0", "0.9", "table(0sp: 0.5, 0.4ep: 0.85)"];

    /// <summary>The first plan of Smith et al. 2018, Figure 5.</summary>
    internal static TrainingPlan Original { get; } = new(Examples.OnCifar10(Examples.Decayed(0.1), 128, 0.9));

    /// <summary>A step of the rate, with momentum and weight decay.</summary>
    internal static TrainingPlan Decaying { get; } = new(Plan("multi-step(0.1, gamma 0.5, at 500sp)", momentum: "0.9").Settings with { WeightDecay = 5e-4 });

    /// <summary>Plans of about 1600 to 8000 samples, as random as their schedules may be.</summary>
    internal static Arbitrary<TrainingPlan> Plans { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => RandomPlan(seed)));

    internal static TrainingPlan Plan(string rate, string batchSize = "10", string momentum = "0", string length = "1000sp", long samplesPerEpoch = 1000) => new(new PlanSettings
    {
        LearningRate = Schedule.Parse(rate),
        BatchSize = Schedule.Parse(batchSize),
        Momentum = Schedule.Parse(momentum),
        Length = Duration.Parse(length),
        SamplesPerEpoch = samplesPerEpoch,
    });

    /// <summary>The rewritten plan; the plan itself where its rate turns too often for a text.</summary>
    internal static TrainingPlan Apply(PlanRewrite rewrite, TrainingPlan plan)
    {
        try
        {
            return rewrite.Apply(plan);
        }
        catch (InvalidInputException exception) when (exception.Message.Contains("more than the text of a schedule can hold", StringComparison.Ordinal))
        {
            return plan;
        }
    }

    internal static string[] Texts(TrainingPlan plan) => [plan.Settings.LearningRate.ToString(), plan.Settings.BatchSize.ToString()];

    /// <summary>At every update of the rewritten plan, the noise scale is the one that the plan has where that update is read.</summary>
    internal static void AssertSameNoise(TrainingPlan plan, TrainingPlan rewritten, NoiseForm form)
    {
        Assert.Equal(plan.Samples, rewritten.Samples);
        foreach (var update in rewritten.EnumerateUpdates())
        {
            var readAt = ReadAt(rewritten, update.Start);
            var expected = NoiseScale.At(plan, readAt, form);
            AssertNear(expected, NoiseScale.At(rewritten, readAt, form), readAt);
            if (update.HyperParameters.BatchSize == (long)Math.Round(rewritten.BatchSize.At(readAt)))
            {
                AssertNear(expected, NoiseScale.Of(update.HyperParameters, plan.Settings.SamplesPerEpoch!.Value, form), readAt);
            }
        }
    }

    /// <summary>An update is read beyond its start by no more than a planned batch would be, unless the batch grows there.</summary>
    internal static void AssertReadWhereItBegins(TrainingPlan plan, TrainingPlan rewritten)
    {
        foreach (var update in rewritten.EnumerateUpdates())
        {
            if (update.HyperParameters.BatchSize < (long)Math.Round(rewritten.BatchSize.At(update.Start)))
            {
                var most = Math.Max(update.HyperParameters.BatchSize, plan.BatchSize.At(update.Start)) * 0.5;
                Assert.InRange(ReadAt(rewritten, update.Start) - update.Start, 0, most);
            }
        }
    }

    private static void AssertNear(double expected, double actual, double position) =>
        Assert.True(Math.Abs(expected - actual) <= (1e-12 * Math.Abs(expected)) + 1e-300, $"{actual:R} is not {expected:R} at sample {position:R}.");

    // The start of the last phase that begins before the middle of the update.
    private static double ReadAt(TrainingPlan plan, long start)
    {
        var readAt = (double)start;
        while (true)
        {
            var size = (long)Math.Round(plan.BatchSize.At(readAt));
            if (plan.Settings.Tail == EpochTail.Cut)
            {
                var epoch = plan.Settings.SamplesPerEpoch!.Value;
                size = Math.Min(size, Math.Min(epoch - (start % epoch), plan.Samples - start));
            }

            var until = plan.BatchSize.HoldsUntil(readAt);
            if (!(until > readAt && until < start + (size * 0.5)))
            {
                return readAt;
            }

            readAt = until;
        }
    }

    private static TrainingPlan RandomPlan(int seed)
    {
        var random = new CounterRandom(seed, 5, 0);
        string Pick(string[] texts) => texts[random.NextInt(texts.Length)];
        var tail = random.NextInt(3) == 0 ? EpochTail.Cut : EpochTail.Carry;
        var settings = new PlanSettings
        {
            LearningRate = Schedule.Parse(Pick(Rates)),
            BatchSize = Schedule.Parse(tail == EpochTail.Cut ? BatchSizes[random.NextInt(3)] : Pick(BatchSizes)),
            Momentum = Schedule.Parse(Pick(Momenta)),
            SamplesPerEpoch = 900 + random.NextInt(700),
            Length = random.NextInt(2) == 0 ? Duration.Samples(1600 + random.NextInt(1500)) : Duration.Batches(600 + random.NextInt(100)),
            Tail = tail,
        };
        // Any tree as the rate, where it can be converted; a rate of the list, or its first, otherwise.
        return Built(random.NextInt(2) == 0 ? settings : settings with { LearningRate = RandomSchedule.Any(seed, 4).Clamp(0, 3) })
            ?? Built(settings)
            ?? new TrainingPlan(settings with { LearningRate = Schedule.Parse(Rates[0]) });
    }

    private static TrainingPlan? Built(PlanSettings settings)
    {
        try
        {
            return new TrainingPlan(settings);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidInputException)
        {
            return null;
        }
    }
}
