using Rubato.Cli.Settings;
using System.Globalization;

namespace Rubato.Training.Tests;

public sealed class TrainingTaskTests
{
    [Theory]
    [InlineData("convnet", "sgd", "0.3", "0.0001", "0.9")]
    [InlineData("convnet(norm: none)", "sgd", "0.05", "0.0001", "0.9")]
    [InlineData("mlp", "sgd", "0.05", "0.0005", "0.9")]
    [InlineData("convnet", "adamw", "0.001", "0.01", "0.9")]
    [InlineData("cifar10-quick", "nesterov", "0.001", "0.004", "0.9")]
    [InlineData("cifar10-quick(norm: batch)", "sgd", "0.05", "0.0005", "0.9")]
    [InlineData("cifar10-full", "adam", "0.001", "0", "0.9")]
    [InlineData("mlp", "rmsprop", "0.001", "0", "0")]
    [InlineData("convnet", "sgdp", "0.3", "0.0001", "0.9")]
    [InlineData("convnet", "adamp", "0.001", "0.01", "0.9")]
    [InlineData("convnet", "lamb", "0.01", "0.01", "0.9")]
    [InlineData("convnet", "lars", "2", "0.0005", "0.9")]
    [InlineData("mlp", "adagrad", "0.01", "0", null)]
    public void From_UsualRateAndOpenChoices_AreTheUsualOnes(string network, string optimizer, string rate, string decay, string? momentum)
    {
        var run = Trained.Task(new TrainSettings
        {
            Data = "glyphs(train: 100)",
            Network = network,
            Optimizer = optimizer,
            LearningRate = Rate.Parse("usual"),
            Device = "cpu",
        });
        Assert.Equal((rate, decay, momentum), (run.Settings.LearningRate, run.Settings.WeightDecay, run.Settings.Momentum));
        Assert.Equal((0.05, 5.0), (run.Settings.Warmup, run.Settings.Epochs));
        Assert.Equal(double.Parse(rate, CultureInfo.InvariantCulture), run.Plan.LearningRate.At(0.05 * run.Plan.Samples), 1e-12);
    }

    [Theory]
    [InlineData(null, null, 0.2, "linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)")]
    [InlineData("auto", 0.3, 0.3, "linear(0.04 -> 1, 0.3dur) then linear(1 -> 0)")]
    [InlineData("auto", 0.0, 0.0, "linear(1 -> 0)")]
    [InlineData(" auto *cosine(1->0)", null, null, "cosine(1 -> 0)")]
    public void From_RateToBeFound_SharesOfIt(string? rate, double? warmup, double? share, string shape)
    {
        var run = Trained.Task(new TrainSettings { Data = "glyphs(train: 100)", LearningRate = rate, Warmup = warmup });
        Assert.True(run.FindsRate);
        Assert.Equal((rate ?? "auto", share, "on"), (run.Settings.LearningRate, run.Settings.Warmup, run.Settings.Guard));
        Assert.Equal(Schedule.Parse(shape), run.Plan.Settings.LearningRate);
        Assert.Equal("off", Trained.Task(new TrainSettings { Data = "glyphs(train: 100)", Guard = false }).Settings.Guard);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(99, 2)]
    [InlineData(10, 10)]
    [InlineData(1, 100)]
    [InlineData(1000, 1)]
    public void From_BatchesCut_CountsThePartialBatch(int batch, long expected) => Assert.Equal(
        3 * expected,
        Trained.Task(new TrainSettings { Data = "glyphs(train: 100)", Batch = $"{batch}", Epochs = 3, Tail = EpochTail.Cut }).Plan.CountUpdates());

    [Theory]
    [InlineData("2.5", null, 2.5, 250)]
    [InlineData(null, "12ba", 1.2, 120)]
    [InlineData(null, "70sp", 0.7, 70)]
    [InlineData(null, "3ep", 3, 300)]
    public void From_LengthOfAnyUnit_IsTheBudget(string? epochs, string? length, double budget, long samples)
    {
        var settings = new TrainSettings
        {
            Data = "glyphs(train: 100)",
            Batch = 10,
            Epochs = epochs is null ? null : double.Parse(epochs, CultureInfo.InvariantCulture),
            Length = length,
        };
        var run = Trained.Task(settings);
        Assert.Equal((budget, samples), (run.Epochs, run.Plan.Samples));
        Assert.Equal((settings.Epochs, settings.Length), (run.Settings.Epochs, run.Settings.Length));
    }

    [Fact]
    public void From_CaffesNetwork_WantsRawPixels()
    {
        var raw = Largest("cifar10-quick");
        var standardised = Largest("convnet");
        Assert.InRange(raw, 60, 255);
        Assert.InRange(standardised, 0.5, 20);
    }

    private static float Largest(string network)
    {
        var train = Trained.Task(new TrainSettings { Data = "glyphs(train: 100)", Network = network }).Data.Train;
        var values = new float[train.ExampleLength];
        train.Read([0], values);
        return values.Max();
    }
}
