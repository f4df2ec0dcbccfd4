using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ExponentialRewriteTests
{
    private static readonly ExponentialRewrite AnySchedule = new();
    private static readonly ExponentialRewrite Steps = new(ExponentialForm.Steps);
    private static readonly ExponentialRewrite WithoutDrops = new(ExponentialForm.StepsWithoutDrops);

    [Fact]
    public void Apply_EachForm_ItsPlan()
    {
        var plan = ExponentialExamples.StepDecay;

        Assert.Equal(plan.ToExponential(), AnySchedule.Apply(plan));
        Assert.Equal(plan.Texp(), Steps.Apply(plan));
        Assert.Equal(plan.TexpMinusMinus(), WithoutDrops.Apply(plan));
        Assert.Equal(plan.Texp(), (Steps with { IsCorrected = false }).Apply(plan));
    }

    [Fact]
    public void SourceOf_EachForm_ThePlanOrTheOneOfConstantRate()
    {
        var plan = ExponentialExamples.StepDecay;

        Assert.Same(plan, AnySchedule.SourceOf(plan));
        Assert.Same(plan, Steps.SourceOf(plan));
        Assert.Equal(plan.TexpMinusMinus().Source, WithoutDrops.SourceOf(plan));
    }

    [Fact]
    public void SourceOf_Groups_EachByItsOwnRateAndDecay()
    {
        var source = WithoutDrops.SourceOf(Grouped(
            new GroupSettings("rate", LearningRate: Schedule.Parse("multi-step(0.2, gamma 0.5, at 700ba)")),
            new GroupSettings("decay", WeightDecay: Schedule.Parse("1e-3")),
            new GroupSettings("momentum", Momentum: Schedule.Parse("0.5")),
            new GroupSettings("none")));

        AssertMade(-1, 0.5, 4e-3, 4e-4, 4e-5);
        AssertMade(0, 0.2, 4e-3, 2e-3, 2e-3);
        AssertMade(1, 0.5, 1e-3, 1e-4, 1e-5);
        AssertMade(2, 0.5, 4e-3, 4e-4, 4e-5);
        AssertMade(3, 0.5, 4e-3, 4e-4, 4e-5);
        Assert.Equal(0.5, source.At(0, 2).Momentum);

        void AssertMade(int group, double rate, params double[] decays)
        {
            foreach (var (samples, decay) in new[] { 0L, 7000, 14_000 }.Zip(decays))
            {
                var made = source.At(samples, group);
                Assert.Equal(rate, made.LearningRate);
                Assert.Equal(decay, made.WeightDecay, 1e-15);
            }
        }
    }

    // The trainer has the source only, and its rates must be those of the plan.
    [Fact]
    public void SourceOf_ItsOwnSource_TheSamePlan() => Prop.ForAll(ExponentialExamples.Phases, plan =>
    {
        if (plan.At(0).LearningRate == 0)
        {
            return;
        }

        var source = WithoutDrops.SourceOf(plan);
        Assert.Equal(source, WithoutDrops.SourceOf(source));
        Assert.Equal(plan.At(0).LearningRate, source.At(19_990).LearningRate);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void SourceOf_FirstRateZero_EachGroupNamed() => Assert.Equal(
        [
            "the first learning rate is 0, and without its drops the rate would stay there; begin with a rate above 0.",
            "group 'head': the first learning rate is 0, and without its drops the rate would stay there; begin with a rate above 0.",
        ],
        Assert.Throws<InvalidInputException>(() => WithoutDrops.SourceOf(ExponentialExamples.Grouped(
            "table(0ba: 0, 9ba: 0.1)", new GroupSettings("head", LearningRate: Schedule.Parse("table(0ba: 0, 9ba: 1)")), new GroupSettings("body", LearningRate: 1)))).Message.Split('\n'));

    [Fact]
    public void Check_ConditionsMet_Silent()
    {
        var plan = Grouped(new GroupSettings("body", LearningRate: 0.1), new GroupSettings("head", WeightDecay: 0));

        AnySchedule.Check(plan);
        Steps.Check(plan);
        WithoutDrops.Check(plan);
    }

    [Fact]
    public void Check_ConditionsFail_EachGroupNamedWithItsFirstUpdate()
    {
        var plan = ExponentialExamples.Grouped(
            "table(0ba: 0.1, 30ba: 10)",
            new GroupSettings("body", LearningRate: 0.1),
            new GroupSettings("head", WeightDecay: Schedule.Parse("table(0ba: 0, 20ba: 1)")),
            new GroupSettings("other"));

        Assert.Equal(
            [
                "update 31, at sample 300: the learning rate 10 times the weight decay 0.004 is 0.04, but with momentum 0.9 a rate can grow steadily only up to (1 - sqrt(momentum))^2 = 0.0026334; lower one of them.",
                "group 'head', update 21, at sample 200: the learning rate 0.1 times the weight decay 1 is 0.1, but with momentum 0.9 a rate can grow steadily only up to (1 - sqrt(momentum))^2 = 0.0026334; lower one of them.",
            ],
            Findings(Steps, plan));
        Assert.Equal([33, 25], Findings(AnySchedule, plan).Select(FirstUpdate));
    }

    // Of the group as of the plan.
    [Fact]
    public void Check_TooManyUpdates_SaidOnce()
    {
        var settings = ExponentialExamples.Grouped("0.1", new GroupSettings("head", Momentum: 0.5)).Settings;

        Assert.Equal(
            ["the plan has 50000001 updates, but an exponential plan keeps a row for each and can have at most 50000000; make it shorter, or its batches larger."],
            Findings(AnySchedule, new TrainingPlan(settings with { Length = Duration.Batches(50_000_001) })));
    }

    [Fact]
    public void IsCorrected_FormWithoutCorrections_Refused()
    {
        Assert.Throws<ArgumentException>(() => AnySchedule with { IsCorrected = false });
        Assert.Throws<ArgumentException>(() => new ExponentialRewrite(ExponentialForm.Steps) { IsCorrected = false } with { Form = ExponentialForm.AnySchedule });
        Assert.False(new ExponentialRewrite { Form = ExponentialForm.Steps, IsCorrected = false }.IsCorrected);
    }

    [Fact]
    public void Form_Unknown_Refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialRewrite((ExponentialForm)3));

    private static TrainingPlan Grouped(params GroupSettings[] groups) => ExponentialExamples.Grouped(ExponentialExamples.StepDecay.Settings.LearningRate.ToString(), groups);

    private static string[] Findings(ExponentialRewrite rewrite, TrainingPlan plan) =>
        Assert.Throws<InvalidInputException>(() => rewrite.Check(plan)).Message.Split('\n');

    private static int FirstUpdate(string finding)
    {
        var from = finding.IndexOf("update ", StringComparison.Ordinal) + "update ".Length;
        return int.Parse(finding[from..finding.IndexOf(',', from)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
