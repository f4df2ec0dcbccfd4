using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Settings;

public sealed class UsualSettingsTests
{
    [Fact]
    public void Plan_NothingGiven_TheUsualValues() => Assert.Equal(
        new PlanSettings
        {
            LearningRate = Schedule.Parse("warmup(cosine(0.3 -> 0), 0.05dur, from 0.04)"),
            BatchSize = 128,
            Momentum = 0.9,
            WeightDecay = 0.0001,
            Length = Duration.Epochs(5),
        },
        UsualSettings.Plan(new TrainSettings { LearningRate = Rate.Usual }));

    [Fact]
    public void Plan_RateToBeFound_SharesOfIt() =>
        Assert.Equal(Schedule.Parse("linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)"), UsualSettings.Plan(new TrainSettings()).LearningRate);

    [Fact]
    public void Plan_AllGiven_AsItWasWritten()
    {
        var plan = UsualSettings.Plan(
            new TrainSettings
            {
                LearningRate = Rate.Parse("cosine( 0.1->0 )"),
                Batch = Batch.Parse("multi-step(128, gamma 5, at 60ep)"),
                Momentum = 0.8,
                WeightDecay = 5e-4,
                Length = Duration.Batches(100),
                Tail = EpochTail.Cut,
                Groups = ParameterGroups.Parse("*.bias(lr 0)"),
            },
            samplesPerEpoch: 50_000);

        Assert.Equal((Schedule.Parse("cosine(0.1 -> 0)"), Schedule.Parse("multi-step(128, gamma 5, at 60ep)")), (plan.LearningRate, plan.BatchSize));
        Assert.Equal((0.8, 5e-4), (plan.Momentum, plan.WeightDecay));
        Assert.Equal((Duration.Batches(100), 50_000L, EpochTail.Cut), (plan.Length, plan.SamplesPerEpoch, plan.Tail));
        Assert.Equal(("*.bias", (Schedule)0), (plan.Groups.Single().Name, plan.Groups.Single().LearningRate));
    }

    [Theory]
    [InlineData(204.8, "204.8ep")]
    [InlineData(10.0, "10ep")]
    [InlineData(null, "5ep")]
    public void Plan_Epochs_AreTheLength(double? epochs, string length) =>
        Assert.Equal(Duration.Parse(length), UsualSettings.Plan(new TrainSettings { Epochs = epochs }).Length);

    [Fact]
    public void Plan_RateOfAController_IsNoPlan() => Assert.Equal(
        "lr is 'autowarmup(paper)': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.",
        Assert.Throws<InvalidInputException>(() => UsualSettings.Plan(new TrainSettings { LearningRate = Rate.Parse("autowarmup( paper )") })).Message);

    [Fact]
    public void Plan_AdaptiveBatch_IsNoPlan() => Assert.Equal(
        "batch is 'adaptive(64)': the batch is decided while training goes on, and no plan knows it before; write a size or a schedule, for instance --batch 64.",
        Assert.Throws<InvalidInputException>(() => UsualSettings.Plan(new TrainSettings { LearningRate = 0.1, Batch = Batch.Adaptive(64) })).Message);

    [Fact]
    public void Plan_OptimizerWithoutMomentum_Zero() => Assert.Equal(0, UsualSettings.Plan(new TrainSettings { Optimizer = "adagrad" }).Momentum);

    [Fact]
    public void Plan_SizeOfTheDataUnknown_OneSentenceWhereCyclesDependOnIt()
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse("clr"), Length = Duration.Batches(5000) };
        Assert.Equal(
            "lr is 'clr', and --length is '5000ba', but the size of the training set is not known, which the number of cycles depends on; add --data-size N or --data SET, "
            + "or write the number, for instance --lr \"clr(triangular2, cycles 3)\".",
            Assert.Throws<InvalidInputException>(() => UsualSettings.Plan(settings)).Message);
        var twoCycles = Schedule.Parse("triangular2(0.25..1, step 0.25dur, cycles 2)");
        Assert.Equal(twoCycles, UsualSettings.Plan(settings with { Batch = 16 }, samplesPerEpoch: 10_000).LearningRate);
        Assert.Equal(twoCycles, UsualSettings.Plan(settings with { LearningRate = Rate.Parse("clr(cycles 2)") }).LearningRate);
    }

    [Theory]
    [InlineData("clr", "5ep", 0.25)]
    [InlineData("clr", "28ep", 0.25)]
    [InlineData("clr(triangular, cycles 7)", "3ep", 0.25)]
    [InlineData("clr(triangular, cycles 3)", "50ba", 0.25)]
    [InlineData("clr(exp-range)", "12ep", 0.025)]
    [InlineData("clr(exp-range)", "400sp", 0.025)]
    public void Plan_CyclesWithoutAStep_TheRunStopsAtTheLowestRate(string rate, string length, double expected)
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse(rate), Length = Duration.Parse(length), Batch = 20 };
        var plan = new TrainingPlan(UsualSettings.Plan(settings, samplesPerEpoch: 200));
        Assert.Equal(expected, plan.LearningRate.At(plan.Samples), 1e-9);
        Assert.Equal(0.25, plan.LearningRate.At(0), 1e-12);
    }

    [Theory]
    [InlineData("sgd", null, "one-cycle-momentum(0.85..0.95)")]
    [InlineData("adam", null, "one-cycle-momentum(0.85..0.95)")]
    [InlineData("sgd", 0.8, "0.8")]
    [InlineData("rmsprop", null, "0")]
    [InlineData("adagrad", null, "0")]
    public void Plan_OneCycle_MomentumAgainstTheRateUnlessGiven(string optimizer, double? momentum, string expected)
    {
        var settings = new TrainSettings { LearningRate = Rate.Parse("one-cycle"), Optimizer = optimizer, Momentum = momentum is { } given ? given : null };
        Assert.Equal(Schedule.Parse(expected), UsualSettings.Plan(settings).Momentum);
        Assert.Equal(0.9, UsualSettings.Plan(new TrainSettings { LearningRate = Rate.Parse("clr") }).Momentum);
    }
}
