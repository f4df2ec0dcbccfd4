using Rubato.Language;
using Rubato.Training.Setup;

namespace Rubato.Training.Tests.Setup;

public sealed class PlanTextsOfTests
{
    [Fact]
    public void Run_NothingGiven_TheUsualValues() =>
        Assert.Equal(
            new PlanTexts
            {
                LearningRate = "0.3",
                Warmup = 0.05,
                BatchSize = "128",
                Momentum = "0.9",
                WeightDecay = "0.0001",
                Length = "5ep",
                Tail = "carry",
                Groups = "",
            },
            PlanTextsOf.Run(new TrainSettings { LearningRate = "usual" }));

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
                LearningRate = "cosine( 0.1->0 )",
                Warmup = null,
                BatchSize = "multi-step(128, gamma 5, at 60ep)",
                Momentum = "0.80",
                WeightDecay = "5e-4",
                Length = "100ba",
                SamplesPerEpoch = 50_000,
                Tail = "cut",
                Groups = "*.bias(lr: 0)",
            },
            PlanTextsOf.Run(
                new TrainSettings
                {
                    LearningRate = "cosine( 0.1->0 )",
                    Batch = "multi-step(128, gamma 5, at 60ep)",
                    Momentum = "0.80",
                    WeightDecay = "5e-4",
                    Length = "100ba",
                    Tail = "cut",
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
        Assert.Throws<InvalidInputException>(() => PlanTextsOf.Run(new TrainSettings { LearningRate = "autowarmup( paper )" })).Message);

    [Fact]
    public void Run_AdaptiveBatch_IsNoPlan() => Assert.Equal(
        "--batch is 'adaptive(64)': the batch is decided while training goes on, and no plan knows it before; write a size or a schedule, for instance --batch 64.",
        Assert.Throws<InvalidInputException>(() => PlanTextsOf.Run(new TrainSettings { LearningRate = "0.1", Batch = "adaptive( 64 )" })).Message);

    [Fact]
    public void Run_OptimizerWithoutMomentum_Zero() => Assert.Equal("0", PlanTextsOf.Run(new TrainSettings { Optimizer = "adagrad" }).Momentum);
}
