using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

/// <summary>Plans with weight decay.</summary>
internal static class ExponentialExamples
{
    private static readonly string[] Rates =
    [
        "multi-step(1, gamma 0.1, at 0.4dur 0.7dur)",
        "step(1, gamma 0.6, every 1505sp)",
        "cosine(1 -> 0.02)",
        "cosine(1 -> 0)",
        "triangular(0.05..1, step 1255sp)",
        "triangular(0..1, step 1055sp)",
        "linear(0 -> 1, 0.1dur) then cosine(1 -> 0.01)",
        "warmup(multi-step(1, gamma 0.2, at 0.5dur), 500sp, from 0.1)",
        "sgdr(1 -> 0.01, first 1500sp, mult 2)",
        "one-cycle(1)",
        "table(0sp: 1, 3500sp: 0, 3600sp: 0.5, 4500sp: 0, 4505sp: 0.7)",
        "1",
    ];

    private static readonly (string Text, double Highest)[] Momenta =
    [
        ("0", 0), ("0.9", 0.9), ("0.95", 0.95), ("0.5", 0.5),
        ("table(0sp: 0.5, 1500sp: 0.9, 6000sp: 0)", 0.9),
        ("one-cycle-momentum(0.85..0.95)", 0.95),
        ("linear(0.9 -> 0.2, 2500sp) then linear(0.2 -> 0.9)", 0.9),
    ];

    private static readonly string[] Decays =
    [
        "1", "1", "linear(0 -> 1)", "cosine(1 -> 0.1)", "table(0sp: 1, 2000sp: 0, 4000sp: 0.3)", "triangular(0..1, step 850sp)",
    ];

    private static readonly string[] BatchSizes = ["5", "multi-step(2, gamma 2, at 0.3dur)", "linear(3 -> 9, 0.5dur)"];

    /// <summary>About 2,000 updates of any schedules, at up to half of the weight decay that a growing rate can stand for.</summary>
    internal static Arbitrary<TrainingPlan> Plans { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => RandomPlan(seed)));

    internal static TrainingPlan Plan(
        string rate, string momentum = "0.9", string decay = "5e-4", string length = "2000ba", string batchSize = "10", long samplesPerEpoch = 1000) => new(new PlanSettings
        {
            LearningRate = Schedule.Parse(rate),
            Momentum = Schedule.Parse(momentum),
            WeightDecay = Schedule.Parse(decay),
            BatchSize = Schedule.Parse(batchSize),
            Length = Duration.Parse(length),
            SamplesPerEpoch = samplesPerEpoch,
        });

    /// <summary>Step decay with so much weight decay that the balance of its phases is reached in 2,000 updates.</summary>
    internal static TrainingPlan StepDecay { get; } = Plan("multi-step(0.5, gamma 0.1, at 700ba 1400ba)", decay: "4e-3");

    /// <summary>Rate, momentum and weight decay that are each constant between some of 2,000 updates.</summary>
    internal static Arbitrary<TrainingPlan> Phases { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => RandomPhases(seed)));

    /// <summary>A plan like <see cref="StepDecay"/> of another rate, with groups.</summary>
    internal static TrainingPlan Grouped(string rate, params GroupSettings[] groups) => new(Plan(rate, decay: "4e-3").Settings with { Groups = [.. groups] });

    private static TrainingPlan RandomPlan(int seed)
    {
        var random = new CounterRandom(seed, 6, 0);
        var peak = Math.Pow(10, random.NextDouble(-2, 0.5));
        var momentum = Momenta[random.NextInt(Momenta.Length)];
        var decay = random.NextDouble(0, 0.5) * SteadyGrowth.Limit(momentum.Highest) / peak;
        string Pick(string[] texts) => texts[random.NextInt(texts.Length)];
        return new TrainingPlan(new PlanSettings
        {
            LearningRate = Schedule.Parse(Pick(Rates)) * peak,
            Momentum = Schedule.Parse(momentum.Text),
            WeightDecay = Schedule.Parse(Pick(Decays)) * decay,
            BatchSize = Schedule.Parse(Pick(BatchSizes)),
            Length = Duration.Samples(10_000),
            SamplesPerEpoch = 900 + random.NextInt(300),
        });
    }

    private static TrainingPlan RandomPhases(int seed)
    {
        var random = new CounterRandom(seed, 7, 0);
        string Steps(double[] values)
        {
            var (first, second) = (1 + random.NextInt(1500), 1600 + random.NextInt(300));
            return $"table(0ba: {values[random.NextInt(values.Length)]}, {first}ba: {values[random.NextInt(values.Length)]}, {second}ba: {values[random.NextInt(values.Length)]})";
        }

        return Plan(Steps([1, 0.5, 0.2, 0.01, 0]), Steps([0, 0.5, 0.9]), Steps([2.6e-3, 1e-3, 1e-4, 0]));
    }
}
