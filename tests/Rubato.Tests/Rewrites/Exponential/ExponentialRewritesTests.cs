using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ExponentialRewritesTests
{
    private const double Same = 1e-9;

    [Fact]
    public void ToExponential_RandomPlans_SameFunction() => Prop.ForAll(ExponentialExamples.Plans, plan =>
        AssertSame(ScaleInvariantLoss.Compare(plan.ToExponential()))).QuickCheckThrowOnFailure();

    [Fact]
    public void Texp_RandomPhases_SameFunction() => Prop.ForAll(ExponentialExamples.Phases, plan =>
        AssertSame(ScaleInvariantLoss.Compare(plan.Texp()))).QuickCheckThrowOnFailure();

    // 0.7 of the weights remain after each update: e^1426 at the end, far beyond 1.8e308.
    [Fact]
    public void ToExponential_RatesBeyondDouble_SameFunctionByShifts()
    {
        var plan = ExponentialExamples.Plan("1", "0", "0.3").ToExponential();

        Assert.Equal(-3999 * Math.Log(0.7), plan.Update(2000).LogRate, 1e-9);
        var difference = ScaleInvariantLoss.Compare(plan);
        AssertSame(difference);
        Assert.InRange(difference.Shifts, 50, 200);
    }

    // Without the first only, without the others only, and without any.
    [Fact]
    public void Texp_StepDecay_OtherFunctionWithoutItsCorrections()
    {
        var plan = ExponentialExamples.StepDecay.Texp();

        Assert.Equal([1, 701, 1401], plan.Corrections.Select(correction => correction.Step));
        AssertSame(ScaleInvariantLoss.Compare(plan));
        Assert.InRange(ScaleInvariantLoss.Compare(plan, correction => correction.Step > 1).Direction, 0.01, 1);
        Assert.InRange(ScaleInvariantLoss.Compare(plan, correction => correction.Step == 1).Direction, 0.0001, 1);
        Assert.InRange(ScaleInvariantLoss.Compare(plan, correction => false).Direction, 0.01, 1);
    }

    // Li and Arora 2019: the run of their experiments. 391 updates an epoch; decimal logarithms of the rate before and after each drop.
    [Fact]
    public void Texp_RunOfThePaper_ItsRates()
    {
        var plan = Paper.Texp();

        Assert.Equal(300 * 391, plan.Count);
        long[] steps = [80 * 391, (80 * 391) + 1, 120 * 391, (120 * 391) + 1, 300 * 391];
        Assert.Equal([12.65, 11.65, 12.33, 11.33, 11.64], steps.Select(step => Math.Round(plan.Update(step).LogRate / Math.Log(10), 2)));
        Assert.Equal([1.4812, 1.0399, 1.0039], new[] { 10, 90, 200 }.Select(epoch => Math.Round(Growth(plan, epoch), 4)));
    }

    [Fact]
    public void Texp_PhaseBegins_DropAndHalfOfEachGrowth()
    {
        var plan = ExponentialExamples.StepDecay.Texp();
        var growths = new[] { 0.5, 0.05, 0.005 }.Select(Growth).ToArray();

        Assert.Equal(Math.Log(0.5) + growths[0], plan.Update(1).LogRate, 1e-12);
        Assert.Equal(Math.Log(0.1) + growths[0] + growths[1], plan.Update(701).LogRate - plan.Update(700).LogRate, 1e-12);
        Assert.Equal(Math.Log(0.1) + growths[1] + growths[2], plan.Update(1401).LogRate - plan.Update(1400).LogRate, 1e-12);
        Assert.Equal(2 * growths[2], plan.Update(1500).LogRate - plan.Update(1499).LogRate, 1e-12);

        static double Growth(double rate) => SteadyGrowth.Of(new HyperParameters(rate, 1, 0.9, 4e-3)).LogGrowth;
    }

    [Fact]
    public void Texp_OnePhase_ClosedForm()
    {
        var plan = ExponentialExamples.Plan("0.1");
        var growth = SteadyGrowth.Of(plan.At(0));

        Assert.All(plan.Texp().EnumerateUpdates(), update => Assert.Equal(growth.LogRateAt(update.Step), update.LogRate, 1e-12));
        Assert.Equal(new BufferCorrection(1, 0, -growth.BufferOffset, 0), Assert.Single(plan.Texp().Corrections));
    }

    [Fact]
    public void ToExponential_ConstantValues_ComesToTheClosedForm()
    {
        var plan = ExponentialExamples.Plan("0.1").ToExponential();
        var growth = SteadyGrowth.Of(plan.Source.At(0));

        var update = plan.Update(2000);
        Assert.Equal(growth.BufferOffset, update.BufferOffset, 1e-15);
        Assert.Equal(growth.LogGrowth, update.LogGrowthAfter - update.LogGrowth, 1e-15);
        Assert.NotEqual(growth.BufferOffset, plan.Update(20).BufferOffset, 1e-6);
    }

    [Fact]
    public void TexpMinusMinus_StepDecay_WeightDecayFallsInItsPlace()
    {
        var plan = ExponentialExamples.StepDecay.TexpMinusMinus();

        Assert.Equal([(0.5, 4e-3), (0.5, 4e-4), (0.5, 4e-5)], new[] { 0L, 7000, 14_000 }.Select(samples => plan.Source.At(samples)).Select(made => (made.LearningRate, Math.Round(made.WeightDecay, 15))));
        AssertSame(ScaleInvariantLoss.Compare(plan));
    }

    // The same growth as TEXP in every phase, and no drop between them.
    [Fact]
    public void TexpMinusMinus_StepDecay_RatesOfTexpTimesTheDrops()
    {
        var (texp, without) = (ExponentialExamples.StepDecay.Texp(), ExponentialExamples.StepDecay.TexpMinusMinus());

        foreach (var (step, drop) in new[] { (1, 1.0), (700, 1), (701, 10), (1400, 10), (1401, 100), (2000, 100) })
        {
            Assert.Equal(texp.Update(step).LogRate + Math.Log(drop), without.Update(step).LogRate, 1e-12);
        }
    }

    [Fact]
    public void TexpMinusMinus_Group_OthersKeepWhatTheyHad()
    {
        var settings = ExponentialExamples.StepDecay.Settings;
        var plan = new TrainingPlan(settings with { Groups = [new GroupSettings("a"), new GroupSettings("b", LearningRate: Schedule.Parse("multi-step(0.2, gamma 0.5, at 700ba)"))] });

        var (ofA, ofNone) = (plan.TexpMinusMinus(group: "a").Source, plan.TexpMinusMinus().Source);

        foreach (var samples in new[] { 0L, 8000, 15_000 })
        {
            Assert.Equal(plan.At(samples), ofA.At(samples));
            Assert.Equal(plan.At(samples, "b"), ofA.At(samples, "b"));
            Assert.Equal(ofNone.At(samples), ofA.At(samples, "a"));
            Assert.Equal(plan.At(samples, "a"), ofNone.At(samples, "a"));
            Assert.Equal(plan.At(samples, "b"), ofNone.At(samples, "b"));
        }
    }

    [Theory]
    [InlineData("0.1", "0.9", "12", "update 1, at sample 0: weight decay 12 at learning rate 0.1 and momentum 0.9 takes away more than all of the weights (alpha = -0.2, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate.")]
    [InlineData("1", "0", "table(0ba: 0.5, 30ba: 1)", "update 31, at sample 300: weight decay 1 at learning rate 1 and momentum 0 takes away more than all of the weights (alpha = 0, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate.")]
    [InlineData("1", "0.5", "0.25", "update 4, at sample 30: weight decay 0.25 at learning rate 1 and momentum 0.5 takes away more than all of the weights (alpha = -0.02273, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate.")]
    public void ToExponential_NoWeightsLeft_FirstUpdateNamed(string rate, string momentum, string decay, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InvalidInputException>(() => ExponentialExamples.Plan(rate, momentum, decay).ToExponential()).Message);

    [Fact]
    public void Texp_ProductAboveTheLimit_FirstUpdateNamed() => Assert.Equal(
        "update 501, at sample 5000: the learning rate 1 times the weight decay 0.01 is 0.01, but with momentum 0.9 a rate can grow steadily only up to (1 - sqrt(momentum))^2 = 0.0026334; lower one of them.",
        Assert.Throws<InvalidInputException>(() => ExponentialExamples.Plan("table(0ba: 0.1, 500ba: 1)", decay: "0.01").Texp()).Message);

    [Fact]
    public void Texp_RateMovesAllTheTime_Refused() => Assert.Equal(
        "the plan has more than 1000 phases of one rate, momentum and weight decay up to update 1001; write them as steps, or use ToExponential, which follows any schedule.",
        Assert.Throws<InvalidInputException>(() => ExponentialExamples.Plan("cosine(0.1 -> 0)").Texp()).Message);

    [Fact]
    public void TexpMinusMinus_FirstRateZero_Refused() => Assert.Equal(
        "the first learning rate is 0, and without its drops the rate would stay there; begin with a rate above 0.",
        Assert.Throws<InvalidInputException>(() => ExponentialExamples.Plan("table(0ba: 0, 10ba: 0.1)").TexpMinusMinus()).Message);

    [Fact]
    public void ToExponential_UnknownGroup_Refused()
    {
        Assert.Throws<ArgumentException>("group", () => ExponentialExamples.StepDecay.ToExponential(group: "a"));
        Assert.Throws<ArgumentException>("group", () => ExponentialExamples.StepDecay.Texp(group: ""));
        Assert.Throws<ArgumentException>("group", () => ExponentialExamples.StepDecay.TexpMinusMinus(group: "a"));
    }

    private static TrainingPlan Paper { get; } = new(ExponentialExamples.Plan("multi-step(0.1, gamma 0.1, at 80ep 120ep)", length: "300ep", batchSize: "128", samplesPerEpoch: 50_000).Settings with
    {
        Tail = EpochTail.Cut,
    });

    private static double Growth(ExponentialPlan plan, int epoch) => Math.Exp(plan.Update((epoch * 391) + 391).LogRate - plan.Update(epoch * 391).LogRate);

    private static void AssertSame(Difference difference) =>
        Assert.True(difference is { Loss: <= Same, Direction: <= Same, Scale: <= Same }, $"{difference}");
}
