using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ExponentialPlanTests
{
    private const int Million = 1_000_000;

    private static readonly decimal[] Coefficients = [1m / 8, 1m / 7, 1m / 6, 1m / 5, 1m / 4, 1m / 3, 1m / 2, 1];

    private static ExponentialPlan Long { get; } = ExponentialExamples.Plan("cosine(0.1 -> 1e-4)", length: "1000000ba", batchSize: "1").ToExponential();

    // Half of the weights remain: P = 1, 2, 4, 8, 16 and lr~ = P P'.
    [Fact]
    public void Update_HalfRemains_PowersOfTwo()
    {
        var plan = ExponentialExamples.Plan("1", "0", "0.5", "4ba").ToExponential();

        Assert.Equal(4, plan.Count);
        Assert.Equal([0, 1, 2, 3], plan.EnumerateUpdates().Select(update => Math.Round(update.LogGrowth / Math.Log(2), 12)));
        Assert.Equal([1, 3, 5, 7], plan.EnumerateUpdates().Select(update => Math.Round(update.LogRate / Math.Log(2), 12)));
        Assert.Equal([0, 1, 1, 1], plan.EnumerateUpdates().Select(update => update.BufferOffset));
        Assert.Empty(plan.Corrections);
    }

    // At rate 0 weight decay fills the buffer, u = 0.25, 0.25 + 0.25 / 2, and the weights stay; then d = 0.25 + 0.375 / 2 at rate 1.
    [Fact]
    public void Update_RateZeroAtFirst_BufferFills()
    {
        var plan = ExponentialExamples.Plan("table(0ba: 0, 2ba: 1)", "0.5", "0.25", "3ba").ToExponential();

        Assert.Equal([0, 0.25, 0.375], plan.EnumerateUpdates().Select(update => update.BufferOffset));
        Assert.Equal([0, 0, 0], plan.EnumerateUpdates().Select(update => update.LogGrowth));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, -Math.Log(1 - 0.4375)], plan.EnumerateUpdates().Select(update => update.LogRate));
        Assert.Equal(0.4375 / 0.5625, plan.Update(3).BufferOffsetAfter, 1e-15);
    }

    [Fact]
    public void EnumerateUpdates_GrowingBatch_UpdatesOfThePlan()
    {
        var source = ExponentialExamples.Plan("cosine(0.1 -> 0)", "linear(0.8 -> 0.9)", batchSize: "linear(3 -> 9, 0.5dur)", length: "4000sp");
        var plan = source.ToExponential();

        Assert.Equal(source.CountUpdates(), plan.Count);
        Assert.Equal(
            source.EnumerateUpdates().Select(update => (update.Step, update.Start, update.End, update.HyperParameters.BatchSize, update.HyperParameters.Momentum)),
            plan.EnumerateUpdates().Select(update => (update.Step, update.Start, update.End, update.BatchSize, update.Momentum)));
        Assert.Equal(plan.EnumerateUpdates(), plan.EnumerateUpdates().Select(update => plan.At(update.Start)));
    }

    [Fact]
    public void EnumerateUpdates_Neighbours_Meet()
    {
        var updates = ExponentialExamples.Plan("cosine(0.1 -> 0)").ToExponential().EnumerateUpdates().ToList();

        Assert.All(updates.Zip(updates.Skip(1)), pair =>
        {
            Assert.Equal(pair.First.LogGrowthAfter, pair.Second.LogGrowth);
            Assert.Equal(pair.First.BufferOffsetAfter, pair.Second.BufferOffset);
        });
    }

    [Fact]
    public void ToExponential_Group_ItsOwnSchedules()
    {
        var plan = ExponentialExamples.Plan("0.1", length: "100ba");
        var own = ExponentialExamples.Plan("cosine(0.2 -> 0)", "0.5", "1e-3", "100ba");
        var grouped = new TrainingPlan(plan.Settings with
        {
            Groups = [new GroupSettings("a", own.Settings.LearningRate, own.Settings.Momentum, own.Settings.WeightDecay), new GroupSettings("b")],
        });

        Assert.Equal(own.ToExponential().EnumerateUpdates(), grouped.ToExponential(group: "a").EnumerateUpdates());
        Assert.Equal(plan.ToExponential().EnumerateUpdates(), grouped.ToExponential(group: "b").EnumerateUpdates());
        Assert.Equal(plan.ToExponential().EnumerateUpdates(), grouped.ToExponential().EnumerateUpdates());
        Assert.NotEqual(grouped.ToExponential(), grouped.ToExponential(group: "a"));
    }

    [Fact]
    public void Equals_SourceAndForm_Decide()
    {
        var again = ExponentialExamples.Plan("multi-step(0.5, gamma 0.1, at 700ba 1400ba)", decay: "4e-3");

        Assert.Equal(ExponentialExamples.StepDecay.ToExponential(), again.ToExponential());
        Assert.Equal(ExponentialExamples.StepDecay.Texp().GetHashCode(), again.Texp().GetHashCode());
        Assert.NotEqual(again.ToExponential(), again.Texp());
        Assert.NotEqual(again.Texp(), again.TexpMinusMinus());
    }

    [Fact]
    public void At_NoUpdateStartsThere_OneSentence()
    {
        var plan = ExponentialExamples.Plan("0.1", length: "4ba").ToExponential();

        Assert.StartsWith(
            "no update starts there: the rate depends on all updates before, which are those of the plan; the last one before starts at 20.",
            Assert.Throws<ArgumentOutOfRangeException>("samples", () => plan.At(25)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => plan.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => plan.At(40));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Update_OutOfRange_OneSentence(int number) => Assert.StartsWith(
        "step must be at least 1 and at most 4.",
        Assert.Throws<ArgumentOutOfRangeException>("step", () => ExponentialExamples.Plan("0.1", length: "4ba").ToExponential().Update(number)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ToExponential_MoreUpdatesThanCanBeKept_Refused() => Assert.Equal(
        "the plan has 60000000 updates, but an exponential plan keeps a row for each and can have at most 50000000; make it shorter, or its batches larger.",
        Assert.Throws<InvalidInputException>(() => ExponentialExamples.Plan("0.1", length: "6e7ba").ToExponential()).Message);

    // Theorem 2.13 as the paper has it, with 28 digits; the logarithm by its series.
    [Fact]
    public void ToExponential_MillionUpdates_DecimalTwin()
    {
        Assert.Equal(Million, Long.Count);
        var (alpha, total, rateBefore, worst, worstIncrement) = (1m, 0m, 1m, 0.0, 0.0);
        for (var step = 1; step <= Million; step++)
        {
            var made = Long.Source.At(step - 1);
            var rate = (decimal)made.LearningRate;
            alpha = 1 - (rate * 5e-4m) + (rate / rateBefore * 0.9m * (1 - (1 / alpha)));
            var growth = MinusLog(1 - alpha);
            rateBefore = rate;
            if (step % 1000 is 0 or 1 or 7)
            {
                var update = Long.Update(step);
                worst = Math.Max(worst, Math.Abs(Math.Log(made.LearningRate) + (double)(total + total + growth) - update.LogRate));
                worstIncrement = Math.Max(worstIncrement, Math.Abs((double)growth - (update.LogGrowthAfter - update.LogGrowth)));
            }

            total += growth;
        }

        Assert.InRange(Long.Update(Million).LogGrowth, 240, 260);
        Assert.InRange(worst, 0, 1e-12);
        Assert.InRange(worstIncrement, 0, 1e-13);
    }

    [Fact]
    public void Texp_MillionUpdates_ClosedFormToTheLastDigit()
    {
        var plan = ExponentialExamples.Plan("0.1", length: "1000000ba", batchSize: "1").Texp();
        var growth = SteadyGrowth.Of(plan.Source.At(0));

        Assert.InRange(plan.Update(Million).LogRate, 1000, 1010);
        Assert.Equal(growth.LogRateAt(Million), plan.Update(Million).LogRate, 3e-13);
        Assert.Equal(growth.LogRateAt(Million / 2), plan.Update(Million / 2).LogRate, 3e-13);
    }

    [Fact]
    public void ToWeightDecay_MillionUpdates_ThereAndBack()
    {
        foreach (var step in new[] { 1L, 2, 1000, 500_000, 999_999, 1_000_000 })
        {
            var (expected, actual) = (Long.Source.At(step - 1), Long.Update(step).ToWeightDecay().HyperParameters);
            Assert.Equal(expected.LearningRate, actual.LearningRate, 1e-12 * expected.LearningRate);
            Assert.Equal(expected.WeightDecay, actual.WeightDecay, 1e-12 * expected.WeightDecay);
        }
    }

    // -ln(1 - x) for x up to 1e-3.
    private static decimal MinusLog(decimal x)
    {
        var sum = 0m;
        foreach (var coefficient in Coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum * x;
    }
}
