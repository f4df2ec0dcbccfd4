using Rubato.Rewrites;

namespace Rubato.Architecture.Tests;

/// <summary>The figures of docs/exponential.md are those of the plan that it names.</summary>
public sealed class DocumentedGrowthTests
{
    [Fact]
    public void Figures_OfThePage_AreThePlans()
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(300),
            SamplesPerEpoch = 50_000,
            Tail = EpochTail.Cut,
            LearningRate = Schedule.Parse("multi-step(0.1, gamma 0.1, at 80ep 120ep)"),
            BatchSize = 128,
            Momentum = 0.9,
            WeightDecay = 5e-4,
        }).Texp();
        string[] lines = ["epochs         rate    growth an epoch    lr~ of the first and of the last update", .. new[] { (0, 80), (80, 120), (120, 300) }.Select(phase => Line(plan, phase.Item1, phase.Item2))];

        Assert.Contains(string.Join('\n', lines) + '\n', DocumentedCommands.Blocks(Repository.Read("docs/exponential.md"), "text"));
    }

    private static string Line(ExponentialPlan plan, int from, int to)
    {
        var (first, last) = (plan.Update((from * 391) + 1), plan.Update(to * 391));
        var made = plan.Source.At(first.Start);
        var growth = SteadyGrowth.Of(made).OfRateOver(391);
        return $"{from,3} .. {to,3}    {made.LearningRate,-6:0.###}{growth,18:F4}    10^{first.LogRate / Math.Log(10):F2} .. 10^{last.LogRate / Math.Log(10):F2}";
    }
}
