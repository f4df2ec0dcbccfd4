using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed class PlanTextTests
{
    private static readonly PlanTexts Usual = new() { LearningRate = "0.1", Length = "10ep" };

    [Fact]
    public void Parse_Number_WarmupThenCosine()
    {
        Assert.Equal("warmup(cosine(0.1 -> 0), 0.05dur, from 0.04)", PlanText.Parse(Usual).LearningRate.ToString());
        Assert.Equal("warmup(cosine(0.1 -> 0), 0.2dur, from 0.04)", PlanText.Parse(Usual with { Warmup = 0.2 }).LearningRate.ToString());
        Assert.Equal("cosine(0.1 -> 0)", PlanText.Parse(Usual with { Warmup = 0 }).LearningRate.ToString());
    }

    [Fact]
    public void Parse_Schedules_Settings()
    {
        var texts = new PlanTexts
        {
            LearningRate = "one-cycle(0.1)",
            BatchSize = "multi-step(128, gamma 5, at 60ep)",
            Momentum = "one-cycle-momentum(0.85..0.95)",
            WeightDecay = "5e-4",
            Length = "5000ba",
            SamplesPerEpoch = 50_000,
            Tail = "cut",
            Groups = "*.bias(lr 2 * base, weight-decay 0); fc.*(momentum table(0ep: 0.8, 5ep: 0.9))",
        };

        var expected = new PlanSettings
        {
            LearningRate = Schedule.Parse("one-cycle(0.1)"),
            BatchSize = Schedule.Parse("multi-step(128, gamma 5, at 60ep)"),
            Momentum = Schedule.Parse("one-cycle-momentum(0.85..0.95)"),
            WeightDecay = 5e-4,
            Length = Duration.Batches(5000),
            SamplesPerEpoch = 50_000,
            Tail = EpochTail.Cut,
            Groups =
            [
                new GroupSettings("*.bias", LearningRate: Schedule.Parse("2 * one-cycle(0.1)"), WeightDecay: 0),
                new GroupSettings("fc.*", Momentum: Schedule.Parse("table(0ep: 0.8, 5ep: 0.9)")),
            ],
        };
        Assert.Equal(expected, PlanText.Parse(texts));
    }

    public static TheoryData<PlanTexts, string> WrongTexts { get; } = new()
    {
        { Usual with { LearningRate = "0" }, "--lr is 0; it must be a finite number above 0 or a schedule, for instance --lr 0.1." },
        { Usual with { LearningRate = "NaN" }, "--lr is NaN; it must be a finite number above 0 or a schedule, for instance --lr 0.1." },
        { Usual with { Warmup = 1 }, "--warmup is 1; it must be at least 0 and below 1, for instance --warmup 0.1." },
        {
            Usual with { LearningRate = "cosine(0.1 -> 0)", Warmup = 0.1 },
            "--warmup is 0.1, but --lr is the schedule 'cosine(0.1 -> 0)'; write the warm-up into it, for instance warmup(cosine(0.1 -> 0), 0.1dur)."
        },
        {
            Usual with { Length = "10" },
            "--length: '10' has no unit; the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget)."
        },
        { Usual with { Tail = "cary" }, "--tail is 'cary'; it must be carry or cut. Did you mean 'carry'?" },
    };

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public void Parse_WrongText_OneSentence(PlanTexts texts, string finding) =>
        Assert.Equal([finding], Assert.Throws<InvalidInputException>(() => PlanText.Parse(texts)).Findings);

    [Fact]
    public void Parse_SeveralWrong_AllAtOnce()
    {
        var wrong = Usual with { LearningRate = "cosin(0.1 -> 0)", BatchSize = "", Momentum = "0.9 then", WeightDecay = "5e-4,", Length = "10 days", Tail = "x" };
        var findings = Assert.Throws<InvalidInputException>(() => PlanText.Parse(wrong)).Findings;

        Assert.Equal(
            ["--lr", "--batch", "--momentum", "--weight-decay", "--length", "--tail"],
            findings.Select(finding => finding.Split(' ', ':')[0]));
    }

    [Theory]
    [InlineData("0.1", 0.1)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("cosine(0.1 -> 0)", null)]
    [InlineData("constant(0.1)", null)]
    public void PeakOf_NumberOrSchedule(string text, double? peak) => Assert.Equal(peak, PlanText.PeakOf(text));
}
