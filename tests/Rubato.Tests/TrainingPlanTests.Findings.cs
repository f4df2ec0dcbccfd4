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
            "LearningRate is 'linear(0 -> 1, 8ep) then 1 then linear(1 -> 0, 4ep)': '1' takes the rest, but the other parts need 1200sp of 1000sp already; shorten them."
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
