using Rubato.Schedules;
using Rubato.Tests.Plans;

namespace Rubato.Tests;

public sealed partial class TrainingPlanTests
{
    private static readonly Schedule Growing = new MultiStep(10, 2, [Duration.Samples(500)]);

    public static TheoryData<string, PlanSettings, string> WrongPlans { get; } = new()
    {
        {
            "epochs without a data size",
            Examples.Small with { SamplesPerEpoch = null, Length = Duration.Samples(1000), LearningRate = new Cosine(1, 0, Duration.Epochs(5)) },
            "LearningRate is 'cosine(1 -> 0, 5ep)': '5ep' cannot be converted to samples: the size of the training set is not known; say it, or write the length in ba or sp."
        },
        {
            "a length in epochs without a data size",
            Examples.Small with { SamplesPerEpoch = null },
            "Length is '10ep', but the size of the training set is not known; say it, or write the length in ba or sp."
        },
        {
            "a length that is a share",
            Examples.Small with { Length = Duration.Share(1) },
            "Length is '1dur'; it must be above 0 and in ep, ba or sp, for instance 10ep."
        },
        {
            "no length",
            Examples.Small with { Length = Duration.Epochs(0) },
            "Length is '0ep'; it must be above 0 and in ep, ba or sp, for instance 10ep."
        },
        {
            "a length beyond what a double counts",
            Examples.Small with { Length = Duration.Samples(1e16) },
            "Length is '10000000000000000sp', which is 10000000000000000sp; it must be at least 1 and at most 9e15 samples."
        },
        {
            "cycles in batches while the batch grows",
            Examples.Small with { BatchSize = Growing, LearningRate = new Repeat(new Linear(0, 1, Duration.Batches(5)).Then(new Linear(1, 0, Duration.Batches(5)))) },
            "LearningRate is 'repeat(linear(0 -> 1, 5ba) then linear(1 -> 0, 5ba))': '5ba' is not the same number of samples wherever it stands, "
                + "because batches differ in size; write it in ep, sp or dur."
        },
        {
            "a batch size by its own batches",
            Examples.Small with { BatchSize = new Linear(10, 20, Duration.Batches(50)) },
            "BatchSize is 'linear(10 -> 20, 50ba)': '50ba' counts batches, whose size is what this schedule decides; write it in ep, sp or dur."
        },
        {
            "a batch size below 1",
            Examples.Small with { BatchSize = new Linear(10, 0) },
            "BatchSize is 'linear(10 -> 0)'; it is 0.5 at sample 950, but must be at least 1 and at most 2147483647 when rounded."
        },
        {
            "a negative rate",
            Examples.Small with { LearningRate = new Linear(1, -1) },
            "LearningRate is 'linear(1 -> -1)'; it is -0.0020000000000000018 at sample 501, but must be a finite number of at least 0."
        },
        {
            "a momentum of 1",
            Examples.Small with { Momentum = new Table([new TablePoint(Duration.Epochs(0), 0.9), new TablePoint(Duration.Epochs(3), 1)]) },
            "Momentum is 'table(0ep: 0.9, 3ep: 1)'; it is 1 at sample 300, but must be at least 0 and below 1."
        },
        {
            "a rate that grows out of range",
            Examples.Small with { LearningRate = new Exp(1, 1e100, Duration.Epochs(1)) },
            "LearningRate is 'exp(1, gamma 1e100, every 1ep)'; it is Infinity at sample 309, but must be a finite number of at least 0."
        },
        {
            "parts that take more than the budget",
            Examples.Small with { LearningRate = new Linear(0, 1, Duration.Epochs(8)).Then(1).Then(new Linear(1, 0, Duration.Epochs(4))) },
            "LearningRate is 'linear(0 -> 1, 8ep) then 1 then linear(1 -> 0, 4ep)': '1' takes the rest, but the other parts need 12ep of 10ep already; shorten them."
        },
        {
            "parts in two units that take more than the budget",
            Examples.Small with { LearningRate = new Linear(0, 1, Duration.Epochs(8)).Then(1).Then(new Linear(1, 0, Duration.Batches(40))) },
            "LearningRate is 'linear(0 -> 1, 8ep) then 1 then linear(1 -> 0, 40ba)': '1' takes the rest, but the other parts need 1200sp of 1000sp already; shorten them."
        },
        {
            "a delay as long as the budget",
            Examples.Small with { LearningRate = new Cosine(1, 0).Delay(Duration.Batches(100)) },
            "LearningRate is 'delay(cosine(1 -> 0), 100ba)': 'cosine(1 -> 0)' takes the rest, but its delay of 100ba leaves nothing of 100ba; shorten it."
        },
        {
            "a warm-up as long as the budget",
            Examples.Small with { LearningRate = new Warmup(new Cosine(1, 0), Duration.Batches(100)) },
            "LearningRate is 'warmup(cosine(1 -> 0), 100ba)': its warm-up of 100ba leaves nothing of 100ba; shorten it."
        },
        {
            "a warm-up longer than a cycle",
            Examples.Small with { LearningRate = new Repeat(new Warmup(new Cosine(1, 0), Duration.Epochs(4)), 3) },
            "LearningRate is 'repeat(warmup(cosine(1 -> 0), 4ep), 3)': its warm-up of 4ep leaves nothing of 3.33333ep; shorten it."
        },
        {
            "a warm-up and a decay longer than the budget",
            Examples.Small with { LearningRate = new WarmupStableDecay(1, Duration.Share(0.8), Duration.Share(0.5)) },
            "LearningRate is 'wsd(1, warmup 0.8dur, decay 0.5dur)': its warm-up of 0.8dur and its decay of 0.5dur need 1.3dur of 1dur; shorten them."
        },
        {
            "a warm-up and a decay in two units",
            Examples.Small with { LearningRate = new WarmupStableDecay(1, Duration.Epochs(8), Duration.Batches(50)) },
            "LearningRate is 'wsd(1, warmup 8ep, decay 50ba)': its warm-up of 8ep and its decay of 50ba need 1300sp of 1000sp; shorten them."
        },
        {
            "a flat part longer than the budget",
            Examples.Small with { LearningRate = new FlatThenAnneal(1, 0, Duration.Samples(2000)) },
            "LearningRate is 'flat-cosine(1 -> 0, flat 2000sp)': its flat part of 2000sp leaves nothing of 1000sp; shorten it."
        },
        {
            "stages longer than the budget",
            Examples.Small with { LearningRate = new Staged([new Stage(Duration.Epochs(8), 1), new Stage(Duration.Epochs(3), 2), new Stage(Duration.Rest, 3)]) },
            "LearningRate is 'staged(8ep: 1, 3ep: 2, rest: 3)': its stage of 8ep and its stage of 3ep need 11ep of 10ep; shorten them."
        },
        {
            "a length in batches beyond every number",
            Examples.Small with { Length = Duration.Batches(1e308) },
            "Length is '1e308ba', which is more samples than can be counted; it must be at least 1 and at most 9e15 samples."
        },
        {
            "a part in batches beyond every number",
            Examples.Small with { LearningRate = new Constant(1, Duration.Batches(1e308)).Then(2) },
            "LearningRate is 'constant(1, 1e308ba) then 2': '1e308ba' is longer than anything that can be counted in sp; shorten it."
        },
        {
            "a batch size by its own batches beyond every number",
            Examples.Small with { BatchSize = new MultiStep(10, 2, [Duration.Batches(1e308)]) },
            "BatchSize is 'multi-step(10, gamma 2, at 1e308ba)': '1e308ba' is longer than anything that can be counted in sp; shorten it."
        },
        {
            "batch sizes beyond every number",
            Examples.Small with { BatchSize = new MultiStep(10, 1e308, [Duration.Batches(1), Duration.Batches(2)]) },
            "BatchSize is 'multi-step(10, gamma 1e308, at 1ba 2ba)'; it must be at least 1 and at most 2147483647 when rounded."
        },
        {
            "a batch size below 1 for a moment, and a length in batches",
            Examples.Small with
            {
                Length = Duration.Batches(100),
                BatchSize = new Table(
                    [new TablePoint(Duration.Samples(0), 10), new TablePoint(Duration.Samples(50), 0), new TablePoint(Duration.Samples(100), 10)],
                    Interpolation.Linear),
            },
            "BatchSize is 0.40000000000000036; it must be at least 1 and at most 2147483647 when rounded."
        },
        {
            "cycles of no time left",
            Examples.Small with { LearningRate = new Constant(1, Duration.Epochs(10)).Then(new WarmRestarts(1, 0, Duration.Rest, cycles: 3)) },
            "LearningRate is 'constant(1, 10ep) then sgdr(1 -> 0, cycles 3)': the budget leaves no time for its cycles; shorten the other parts."
        },
        {
            "a batch size over the rest of a budget that depends on it",
            Examples.Small with { Length = Duration.Batches(20), BatchSize = Schedule.Parse("constant(8, 5sp) then linear(8 -> 16)") },
            "BatchSize is 'constant(8, 5sp) then linear(8 -> 16)': a part without a length takes the rest of the budget, but none is known; give it a length, such as 10ep."
        },
        {
            "a batch size that warms up over the rest of a budget that depends on it",
            Examples.Small with { Length = Duration.Batches(20), BatchSize = Schedule.Parse("warmup(linear(8 -> 16), 5sp)") },
            "BatchSize is 'warmup(linear(8 -> 16), 5sp)': a part without a length takes the rest of the budget, but none is known; give it a length, such as 10ep."
        },
        {
            "cycles of no time to speak of",
            Examples.Small with { LearningRate = new WarmRestarts(1, 0, Duration.Samples(1e-300)) },
            "LearningRate is 'sgdr(1 -> 0, first 1e-300sp)': a cycle of 1e-300sp is next to no time; lengthen it."
        },
        {
            "milestones that do not ascend once converted",
            Examples.Small with { LearningRate = new MultiStep(1, 0.1, [Duration.Epochs(5), Duration.Batches(40)]) },
            "LearningRate is 'multi-step(1, gamma 0.1, at 5ep 40ba)': 40ba is not after 5ep once both are 400sp and 500sp; put them in ascending order."
        },
        {
            "a cut tail without a data size",
            Examples.Small with { SamplesPerEpoch = null, Length = Duration.Samples(1000), Tail = EpochTail.Cut },
            "SamplesPerEpoch is missing, but batches are cut at the ends of epochs; give it, or let batches run on."
        },
        {
            "a training set of nothing",
            Examples.Small with { SamplesPerEpoch = 0 },
            "SamplesPerEpoch is 0; it must be at least 1."
        },
        {
            "a share of a budget that depends on it",
            Examples.Small with { Length = Duration.Batches(100), BatchSize = new MultiStep(10, 2, [Duration.Share(0.5)]) },
            "BatchSize is 'multi-step(10, gamma 2, at 0.5dur)': '0.5dur' is a share of a budget, but none is known; write it in ep, ba or sp."
        },
        {
            "two groups of one name",
            Examples.Small with { Groups = [new GroupSettings("bias", WeightDecay: 0), new GroupSettings("bias", WeightDecay: 1)] },
            "Groups: the parameter group 'bias' stands there twice; leave one out."
        },
        {
            "a group's decay",
            Examples.Small with { Groups = [new GroupSettings("bias", WeightDecay: -1)] },
            "WeightDecay '-1', group 'bias': it must be a finite number of at least 0."
        },
    };

    [Theory]
    [MemberData(nameof(WrongPlans))]
    public void Constructor_WrongPlan_OneSentence(string name, PlanSettings settings, string finding)
    {
        Assert.NotEmpty(name);
        Assert.Equal([finding], Assert.Throws<InvalidInputException>(() => new TrainingPlan(settings)).Message.Split('\n'));
    }

    // Update by update this would take years.
    [Theory]
    [InlineData("1e15ba")]
    [InlineData("1e15sp")]
    public void CountUpdates_BatchThatMovesForTooLong_Refused(string length)
    {
        var moving = Examples.Small with { BatchSize = Schedule.Parse("repeat(linear(64 -> 128, 10sp))"), Length = Duration.Parse(length) };

        Assert.Equal(
            "the batch size changes more than 5,000,000 times over the length, too often to follow; write it as steps, or shorten the length.",
            Assert.Throws<InvalidInputException>(() => new TrainingPlan(moving).CountUpdates()).Message);
    }

    [Fact]
    public void Constructor_SeveralWrong_AllAtOnce()
    {
        var wrong = Examples.Small with { LearningRate = -1, Momentum = 2, WeightDecay = double.MinValue };

        Assert.Equal(
            [
                "LearningRate is -1; it must be a finite number of at least 0.",
                "Momentum is 2; it must be at least 0 and below 1.",
                "WeightDecay is -1.7976931348623157e308; it must be a finite number of at least 0.",
            ],
            Assert.Throws<InvalidInputException>(() => new TrainingPlan(wrong)).Message.Split('\n'));
    }

    /// <summary>A number converts to a schedule whatever it is, so that all findings come at once.</summary>
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Constructor_NumbersThatAreNotFinite_AllAtOnce(double number, string text)
    {
        var wrong = Examples.Small with
        {
            BatchSize = number,
            LearningRate = number,
            Momentum = number,
            WeightDecay = number,
            Groups = [new GroupSettings("bias", LearningRate: 2 * (Schedule)number)],
        };

        Assert.Equal(
            [
                $"BatchSize is {text}; it must be at least 1 and at most 2147483647 when rounded.",
                $"LearningRate is {text}; it must be a finite number of at least 0.",
                $"Momentum is {text}; it must be at least 0 and below 1.",
                $"WeightDecay is {text}; it must be a finite number of at least 0.",
            ],
            Assert.Throws<InvalidInputException>(() => new TrainingPlan(wrong)).Message.Split('\n')[..4]);
        Assert.Contains(
            "group 'bias'", Assert.Throws<InvalidInputException>(() => new TrainingPlan(wrong with { BatchSize = 1 })).Message, StringComparison.Ordinal);
    }

    /// <summary>Without the size of the training set a length in epochs is no number of samples, but its parts are known in proportion.</summary>
    [Fact]
    public void Constructor_LengthInEpochsOfUnknownSize_TheOthersAtOnce()
    {
        var wrong = Examples.Small with
        {
            SamplesPerEpoch = null,
            BatchSize = new Linear(0, 10),
            LearningRate = new Linear(1, -1, Duration.Epochs(5)),
            Momentum = new Linear(0.5, 1.5),
            WeightDecay = new Linear(0, -1, Duration.Samples(5)),
            Groups = [new GroupSettings("bias", LearningRate: new Cosine(1, 0).Delay(Duration.Epochs(10)))],
        };

        Assert.Equal(
            [
                "Length is '10ep', but the size of the training set is not known; say it, or write the length in ba or sp.",
                "BatchSize is 'linear(0 -> 10)'; it is 0 at epoch 0, but must be at least 1 and at most 2147483647 when rounded.",
                "LearningRate is 'linear(1 -> -1, 5ep)'; it is -4.0000000000040004e-5 at epoch 2.5001, but must be a finite number of at least 0.",
                "Momentum is 'linear(0.5 -> 1.5)'; it is 1 at epoch 5, but must be at least 0 and below 1.",
                "LearningRate 'delay(cosine(1 -> 0), 10ep)', group 'bias': 'cosine(1 -> 0)' takes the rest, but its delay of 10ep leaves nothing of 10ep; shorten it.",
            ],
            Assert.Throws<InvalidInputException>(() => new TrainingPlan(wrong)).Message.Split('\n'));
    }

    /// <summary>What depends on no update is found although the updates are not known; what may depend on them is left alone.</summary>
    [Fact]
    public void Constructor_NoUpdatesKnown_TheOthersAtOnce()
    {
        var wrong = Examples.Small with
        {
            BatchSize = 0,
            LearningRate = new Linear(1, -1),
            Momentum = 1,
            WeightDecay = new Linear(0, -1, Duration.Batches(5)),
            Groups = [new GroupSettings("bias", WeightDecay: -2)],
        };

        Assert.Equal(
            [
                "BatchSize is 0; it must be at least 1 and at most 2147483647 when rounded.",
                "LearningRate is 'linear(1 -> -1)'; it is -0.0020000000000000018 at sample 501, but must be a finite number of at least 0.",
                "Momentum is 1; it must be at least 0 and below 1.",
                "WeightDecay '-2', group 'bias': it must be a finite number of at least 0.",
            ],
            FindingsOf(wrong));
        Assert.Equal(
            ["Length is '0ep'; it must be above 0 and in ep, ba or sp, for instance 10ep.", .. FindingsOf(wrong).Where(finding => !finding.Contains("linear", StringComparison.Ordinal))],
            FindingsOf(wrong with { Length = Duration.Epochs(0) }));
        Assert.Equal(
            FindingsOf(wrong).Where(finding => !finding.Contains("linear", StringComparison.Ordinal)),
            FindingsOf(wrong with { Length = Duration.Batches(10) }));

        static string[] FindingsOf(PlanSettings settings) => Assert.Throws<InvalidInputException>(() => new TrainingPlan(settings)).Message.Split('\n');
    }
}
