using Rubato.Training.Setup;

namespace Rubato.Training.Tests.Setup;

public sealed class ResolvedRunTests
{
    [Theory]
    [InlineData("convnet", "sgd", 0.3, 1e-4, 0.9)]
    [InlineData("convnet(norm: none)", "sgd", 0.05, 1e-4, 0.9)]
    [InlineData("mlp", "sgd", 0.05, 5e-4, 0.9)]
    [InlineData("convnet", "adamw", 0.001, 0.01, 0.9)]
    [InlineData("cifar10-quick", "nesterov", 0.001, 0.004, 0.9)]
    [InlineData("cifar10-quick(norm: batch)", "sgd", 0.05, 5e-4, 0.9)]
    [InlineData("cifar10-full", "adam", 0.001, 0.0, 0.9)]
    [InlineData("mlp", "rmsprop", 0.001, 0.0, 0.0)]
    [InlineData("mlp", "adagrad", 0.01, 0.0, null)]
    public void From_OpenChoices_AreTheUsualOnes(string network, string optimizer, double rate, double decay, double? momentum)
    {
        var run = ResolvedRun.From(new TrainSettings { Data = "glyphs(train: 100)", Network = network, Optimizer = optimizer, Device = "cpu" });
        Assert.Equal((rate, decay, momentum), (run.Settings.LearningRate!.Value, run.Settings.WeightDecay!.Value, run.Settings.Momentum));
        Assert.Equal(rate, run.Plan.LearningRate.At(0.05 * run.Plan.Samples), 1e-12);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(99, 2)]
    [InlineData(10, 10)]
    [InlineData(1, 100)]
    [InlineData(1000, 1)]
    public void UpdatesPerEpoch_CountsThePartialBatch(int batch, long expected) =>
        Assert.Equal(expected, ResolvedRun.From(new TrainSettings { Data = "glyphs(train: 100)", Batch = batch }).UpdatesPerEpoch);

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
        var train = ResolvedRun.From(new TrainSettings { Data = "glyphs(train: 100)", Network = network }).Data.Train;
        var values = new float[train.ExampleLength];
        train.Read([0], values);
        return values.Max();
    }
}
