using Rubato.Cli.Settings;
using Rubato.Language;
using Rubato.RangeTests;

namespace Rubato.Training.Tests;

public sealed class FoundRangeTests
{
    private static readonly RateRange Range = new(0.01, 0.1);

    [Theory]
    [InlineData("one-cycle", true)]
    [InlineData(" one-cycle ", true)]
    [InlineData("clr", true)]
    [InlineData("clr (triangular)", true)]
    [InlineData("clr * 2", true)]
    [InlineData("one-cycle(0.1)", false)]
    [InlineData("clr2", false)]
    [InlineData("clr-2", false)]
    [InlineData("auto", false)]
    [InlineData("0.1", false)]
    [InlineData(null, false)]
    public void Is_AnyText_WhetherBoundsAreToBeFound(string? text, bool expected) => Assert.Equal(expected, FoundRange.Is(text));

    [Theory]
    [InlineData("one-cycle", 10, "one-cycle(0.1)")]
    [InlineData("clr", 1, "triangular2(0.01..0.1, step 0.5ep, cycles 1)")]
    [InlineData("clr", 5, "triangular2(0.01..0.1, step 2.5ep, cycles 1)")]
    [InlineData("clr(triangular)", 8, "triangular(0.01..0.1, step 2ep, cycles 2)")]
    [InlineData("clr(triangular2)", 20, "triangular2(0.01..0.1, step 2.5ep, cycles 4)")]
    [InlineData("clr", 80, "triangular2(0.01..0.1, step 10ep, cycles 4)")]
    [InlineData("clr", 100, "triangular2(0.01..0.1, step 10ep, cycles 5)")]
    [InlineData("clr(triangular, cycles 3)", 12, "triangular(0.01..0.1, step 2ep, cycles 3)")]
    [InlineData("clr(cycles 3)", 12, "triangular2(0.01..0.1, step 2ep, cycles 3)")]
    [InlineData("clr(triangular2, step 2ep)", 12, "triangular2(0.01..0.1, step 2ep)")]
    [InlineData("clr( triangular ,  step  500ba )", 12, "triangular(0.01..0.1, step 500ba)")]
    [InlineData("clr(exp-range)", 8, "exp-range(0.01..0.1, step 2ep, gamma 0.1, every 8ep, cycles 2)")]
    [InlineData("clr(exp-range, cycles 4, gamma 0.9999)", 16, "exp-range(0.01..0.1, step 2ep, gamma 0.9999, cycles 4)")]
    [InlineData("clr(exp-range, gamma 0.5, step 1ep)", 16, "exp-range(0.01..0.1, step 1ep, gamma 0.5)")]
    public void Schedule_RunInEpochs_CyclesThatEndWithIt(string text, double epochs, string expected)
    {
        var schedule = FoundRange.Parse(text).Schedule(Range, Duration.Epochs(epochs), epochs);
        Assert.Equal(expected, schedule);
        Assert.Equal(expected, Schedule.Parse(schedule).ToString());
    }

    [Fact]
    public void Schedule_RunInBatches_SharesOfIt()
    {
        Assert.Equal("triangular2(0.01..0.1, step 0.25dur, cycles 2)", FoundRange.Parse("clr").Schedule(Range, Duration.Batches(5000), 8));
        Assert.Equal("exp-range(0.01..0.1, step 0.5dur, gamma 0.1, every 1dur, cycles 1)", FoundRange.Parse("clr(exp-range)").Schedule(Range, Duration.Batches(9), null));
    }

    [Theory]
    [InlineData("clr", "5ep", 0.25)]
    [InlineData("clr", "28ep", 0.25)]
    [InlineData("clr(triangular, cycles 7)", "3ep", 0.25)]
    [InlineData("clr(triangular, cycles 3)", "50ba", 0.25)]
    [InlineData("clr(exp-range)", "12ep", 0.025)]
    [InlineData("clr(exp-range)", "400sp", 0.025)]
    public void Schedule_WithoutAStep_TheRunStopsAtTheLowestRate(string text, string length, double expected)
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse(text), Length = Duration.Parse(length), Batch = 20 };
        var plan = new TrainingPlan(UsualSettings.Plan(settings, samplesPerEpoch: 200));
        Assert.Equal(expected, plan.LearningRate.At(plan.Samples), 1e-9);
        Assert.Equal(0.25, plan.LearningRate.At(0), 1e-12);
    }

    [Theory]
    [InlineData("clr()", "--lr 'clr()', column 5: expected a value, but found ')'.")]
    [InlineData("clr * 2", "--lr 'clr * 2', column 5: expected the end, or an opening parenthesis after the name, but found '*'.")]
    [InlineData("clr(triangle)", "--lr is 'clr(triangle)': 'triangle' is none of triangular, triangular2, exp-range, cycles, step, gamma. Did you mean 'triangular'?")]
    [InlineData("clr(triangular, cycle 3)", "--lr is 'clr(triangular, cycle 3)': 'cycle' is none of cycles, step, gamma. Did you mean 'cycles'?")]
    [InlineData("clr(cycles 3, triangular)", "--lr is 'clr(cycles 3, triangular)': the policy 'triangular' must come first, and alone.")]
    [InlineData("clr(triangular 3)", "--lr is 'clr(triangular 3)': the policy 'triangular' must come first, and alone.")]
    [InlineData("clr(cycles: 3)", "--lr is 'clr(cycles: 3)': no colon stands after an option; write --lr \"clr(triangular, cycles 3)\".")]
    [InlineData("clr(cycles 3, cycles 4)", "--lr is 'clr(cycles 3, cycles 4)': the option 'cycles' stands there twice; leave one out.")]
    [InlineData("clr(cycles 3, step 2ep)", "--lr is 'clr(cycles 3, step 2ep)': cycles and step say the same; leave one of them out.")]
    [InlineData("clr(gamma 0.9)", "--lr is 'clr(gamma 0.9)': gamma is about exp-range, and the policy is triangular2; leave gamma out.")]
    [InlineData("clr(cycles 0)", "--lr is 'clr(cycles 0)': cycles is '0'; it must be a whole number of at least 1, for instance cycles 3.")]
    [InlineData("clr(cycles)", "--lr is 'clr(cycles)': cycles is ''; it must be a whole number of at least 1, for instance cycles 3.")]
    [InlineData("clr(step 2)", "--lr is 'clr(step 2)': step is '2'; it must be a duration above 0, for instance step 2ep.")]
    [InlineData("clr(step 0ep)", "--lr is 'clr(step 0ep)': step is '0ep'; it must be a duration above 0, for instance step 2ep.")]
    [InlineData("clr(step rest)", "--lr is 'clr(step rest)': step is 'rest'; it must be a duration above 0, for instance step 2ep.")]
    [InlineData("clr(exp-range, gamma 1.5)", "--lr is 'clr(exp-range, gamma 1.5)': gamma is '1.5'; it must be a number above 0 and at most 1, for instance gamma 0.9999.")]
    public void FindingsIn_Wrong_OneSentence(string text, string finding)
    {
        Assert.Equal([finding], FoundRange.FindingsIn(text, warmup: null));
        Assert.Equal([finding], TrainSettingsValidator.FindingsIn(new TrainSettings { LearningRate = Rate.Parse(text) }));
    }

    [Fact]
    public void FindingsIn_WarmupBesideIt_Refused() => Assert.Equal(
        ["--warmup is 0.1, but --lr is 'one-cycle', which says itself how it warms up; leave --warmup out."],
        TrainSettingsValidator.FindingsIn(new TrainSettings { LearningRate = Rate.Parse("one-cycle"), Warmup = 0.1 }));

    [Theory]
    [InlineData("one-cycle", "5x", 1)]
    [InlineData("clr", "5", 1)]
    [InlineData("clr(triangular, cycles 3)", "5000ba", 0)]
    [InlineData("one-cycle", "3ep", 0)]
    public void FindingsIn_LengthBesideIt_ItsOwnSentencesAlone(string text, string length, int count) =>
        Assert.Equal(count, TrainSettingsValidator.FindingsIn(new TrainSettings { LearningRate = Rate.Parse(text), Length = Duration.Parse(length) }).Length);

    [Fact]
    public void Run_SizeOfTheDataUnknown_OneSentenceWhereCyclesDependOnIt()
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse("clr"), Length = Duration.Parse("5000ba") };
        Assert.Equal(
            "--lr is 'clr' and --length is '5000ba', but the size of the training set is not known, which the number of cycles depends on; add --data-size N or --data SET, "
            + "or write the number, for instance --lr \"clr(triangular2, cycles 3)\".",
            Assert.Throws<InvalidInputException>(() => PlanTextsOf.Run(settings)).Message);
        Assert.Equal("triangular2(0.25..1, step 0.25dur, cycles 2)", PlanTextsOf.Run(settings with { Batch = 16 }, samplesPerEpoch: 10_000).LearningRate);
        Assert.Equal("triangular2(0.25..1, step 0.25dur, cycles 2)", PlanTextsOf.Run(settings with { LearningRate = Rate.Parse("clr(cycles 2)") }).LearningRate);
    }

    [Theory]
    [InlineData("sgd", null, "one-cycle-momentum(0.85..0.95)")]
    [InlineData("adam", null, "one-cycle-momentum(0.85..0.95)")]
    [InlineData("sgd", "0.8", "0.8")]
    [InlineData("rmsprop", null, "0")]
    [InlineData("adagrad", null, "0")]
    public void Run_OneCycle_MomentumAgainstTheRateUnlessGiven(string optimizer, string? momentum, string expected)
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse("one-cycle"), Optimizer = optimizer, Momentum = momentum is null ? null : Schedule.Parse(momentum) };
        Assert.Equal(expected, PlanTextsOf.Run(settings).Momentum);
        Assert.Equal("0.9", PlanTextsOf.Run(new TrainSettings { LearningRate = Rate.Parse("clr") }).Momentum);
    }
}
