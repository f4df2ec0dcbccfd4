using Rubato.Cli.Settings;
using Rubato.Language;

namespace Rubato.Cli.Tests.Settings;

public sealed class PlanTextsOfTests
{
    [Fact]
    public void Run_NothingGiven_TheUsualValues() =>
        Assert.Equal(
            new PlanTexts
            {
                LearningRate = Rate.Parse("0.3"),
                Warmup = 0.05,
                BatchSize = "128",
                Momentum = Schedule.Parse("0.9"),
                WeightDecay = Schedule.Parse("0.0001"),
                Length = Duration.Parse("5ep"),
                Tail = EpochTail.Carry,
                Groups = "",
            },
            PlanTextsOf.Run(new TrainSettings { LearningRate = Rate.Parse("usual") }));

    [Fact]
    public void Run_RateToBeFound_SharesOfIt() =>
        Assert.Equal("(linear(0.04 -> 1, 0.2dur) then linear(1 -> 0))", PlanTextsOf.Run(new TrainSettings()).LearningRate);

    [Theory]
    [InlineData("sgd", true)]
    [InlineData("nesterov", true)]
    [InlineData("adam", false)]
    [InlineData("lars", false)]
    public void IsOfSgd_Optimizer_WhetherUpdatesGrowWithTheGradient(string optimizer, bool expected) =>
        Assert.Equal(expected, PlanTextsOf.IsOfSgd(new TrainSettings { Optimizer = optimizer }));

    [Fact]
    public void Run_AllGiven_AsItWasWritten() =>
        Assert.Equal(
            new PlanTexts
            {
                LearningRate = Rate.Parse("cosine( 0.1->0 )"),
                Warmup = null,
                BatchSize = "multi-step(128, gamma 5, at 60ep)",
                Momentum = Schedule.Parse("0.80"),
                WeightDecay = Schedule.Parse("5e-4"),
                Length = Duration.Parse("100ba"),
                SamplesPerEpoch = 50_000,
                Tail = EpochTail.Cut,
                Groups = "*.bias(lr: 0)",
            },
            PlanTextsOf.Run(
                new TrainSettings
                {
                    LearningRate = Rate.Parse("cosine( 0.1->0 )"),
                    Batch = Batch.Parse("multi-step(128, gamma 5, at 60ep)"),
                    Momentum = Schedule.Parse("0.80"),
                    WeightDecay = Schedule.Parse("5e-4"),
                    Length = Duration.Parse("100ba"),
                    Tail = EpochTail.Cut,
                    Groups = "*.bias(lr: 0)",
                },
                samplesPerEpoch: 50_000));

    [Theory]
    [InlineData(204.8, "204.8ep")]
    [InlineData(10.0, "10ep")]
    [InlineData(null, "5ep")]
    public void Run_Epochs_AreTheLength(double? epochs, string length) =>
        Assert.Equal(length, PlanTextsOf.Run(new TrainSettings { Epochs = epochs }).Length);

    [Fact]
    public void Run_RateOfAController_IsNoPlan() => Assert.Equal(
        "--lr is 'autowarmup(paper)': the rate is decided while training goes on, and no plan knows it before; write a rate or a schedule, for instance --lr 0.1.",
        Assert.Throws<InvalidInputException>(() => PlanTextsOf.Run(new TrainSettings { LearningRate = Rate.Parse("autowarmup( paper )") })).Message);

    [Fact]
    public void Run_AdaptiveBatch_IsNoPlan() => Assert.Equal(
        "--batch is 'adaptive(64)': the batch is decided while training goes on, and no plan knows it before; write a size or a schedule, for instance --batch 64.",
        Assert.Throws<InvalidInputException>(() => PlanTextsOf.Run(new TrainSettings { LearningRate = Rate.Parse("0.1"), Batch = Batch.Parse("adaptive( 64 )") })).Message);

    [Fact]
    public void Run_OptimizerWithoutMomentum_Zero() => Assert.Equal("0", PlanTextsOf.Run(new TrainSettings { Optimizer = "adagrad" }).Momentum);
}
