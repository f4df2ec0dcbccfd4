using System.Globalization;
using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;

namespace Rubato.Cli.Tests.Settings;

public sealed class TaskBuilderTests
{
    private static readonly TrainSettings Small = new() { Data = "glyphs(train 100)", Device = "cpu" };

    [Theory]
    [InlineData("convnet", "sgd", "0.3", "0.0001", "0.9")]
    [InlineData("convnet(norm none)", "sgd", "0.05", "0.0001", "0.9")]
    [InlineData("mlp", "sgd", "0.05", "0.0005", "0.9")]
    [InlineData("convnet", "adamw", "0.001", "0.01", "0.9")]
    [InlineData("cifar10-quick", "nesterov", "0.001", "0.004", "0.9")]
    [InlineData("cifar10-quick(norm batch)", "sgd", "0.05", "0.0005", "0.9")]
    [InlineData("cifar10-full", "adam", "0.001", "0", "0.9")]
    [InlineData("mlp", "rmsprop", "0.001", "0", "0")]
    [InlineData("convnet", "sgdp", "0.3", "0.0001", "0.9")]
    [InlineData("convnet", "adamp", "0.001", "0.01", "0.9")]
    [InlineData("convnet", "lamb", "0.01", "0.01", "0.9")]
    [InlineData("convnet", "lars", "2", "0.0005", "0.9")]
    [InlineData("mlp", "adagrad", "0.01", "0", null)]
    public void Build_UsualRateAndOpenChoices_AreTheUsualOnes(string network, string optimizer, string rate, string decay, string? momentum)
    {
        var built = TaskBuilder.Build(Small with { Network = network, Optimizer = optimizer, LearningRate = Rate.Usual });
        Assert.Equal((rate, decay, momentum), ($"{built.Settings.LearningRate}", $"{built.Settings.WeightDecay}", built.Settings.Momentum?.ToString()));
        Assert.Equal((0.05, 5.0), (built.Settings.Warmup, built.Settings.Epochs));
        Assert.Equal(double.Parse(rate, CultureInfo.InvariantCulture), built.Task.Plan.LearningRate.At(0.05 * built.Task.Plan.Samples), 1e-12);
    }

    [Theory]
    [InlineData(null, null, 0.2, "linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)")]
    [InlineData("auto", 0.3, 0.3, "linear(0.04 -> 1, 0.3dur) then linear(1 -> 0)")]
    [InlineData("auto", 0.0, 0.0, "linear(1 -> 0)")]
    [InlineData(" auto *cosine(1->0)", null, null, "cosine(1 -> 0)")]
    public void Build_RateToBeFound_SharesOfIt(string? rate, double? warmup, double? share, string shape)
    {
        var built = TaskBuilder.Build(Small with { LearningRate = rate is null ? null : Rate.Parse(rate), Warmup = warmup });
        Assert.True(built.Task.IsOfShares);
        Assert.Equal((Rate.Parse(rate ?? "auto"), share, true), (built.Settings.LearningRate, built.Settings.Warmup, built.Settings.Guard));
        Assert.Equal(Schedule.Parse(shape), built.Task.Plan.Settings.LearningRate);
    }

    [Theory]
    [InlineData("polyak", null, 0.2, "linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)")]
    [InlineData("polyak(2)", 0.3, 0.3, "linear(0.04 -> 1, 0.3dur) then linear(1 -> 0)")]
    [InlineData("polyak(2) * cosine(1 -> 0)", null, null, "cosine(1 -> 0)")]
    public void Build_Polyak_SharesUnderAGuardFromTheUsualRateOn(string rate, double? warmup, double? share, string shape)
    {
        var built = TaskBuilder.Build(Small with { LearningRate = Rate.Parse(rate), Warmup = warmup });
        Assert.Equal((share, true, true), (built.Settings.Warmup, built.Settings.Guard, built.Task.IsGuarded));
        Assert.Equal((Schedule.Parse(shape), built.UsualRate), (built.Task.Plan.Settings.LearningRate, built.Task.FirstRate));
    }

    [Fact]
    public void Build_GuardThatIsOff_StaysOff() => Assert.False(TaskBuilder.Build(Small with { Guard = false }).Task.IsGuarded);

    [Theory]
    [InlineData(2.5, null)]
    [InlineData(null, "12ba")]
    public void Build_LengthOfAnyUnit_StaysAsItWasSaid(double? epochs, string? length)
    {
        var settings = Small with { Epochs = epochs, Length = length is null ? null : Duration.Parse(length) };
        var built = TaskBuilder.Build(settings).Settings;
        Assert.Equal((settings.Epochs, settings.Length), (built.Epochs, built.Length));
    }

    [Theory]
    [InlineData("adaptive(5)", null, 10)]
    [InlineData("adaptive(5)", 3, 3)]
    [InlineData("10", null, null)]
    public void Build_AdaptiveBatch_TheNoiseIsMeasured(string batch, int? asked, int? expected)
    {
        var built = TaskBuilder.Build(Small with { Batch = Batch.Parse(batch), MeasureNoise = asked });
        Assert.Equal((expected, expected), (built.Settings.MeasureNoise, built.Task.MeasureNoise));
    }

    [Theory]
    [InlineData("adaptive(10)", "BatchSize is 'adaptive(10)': the batch may grow to 10, a tenth of the 100 training samples, ")]
    [InlineData("adaptive( 10,max 9 )", "BatchSize is 'adaptive(10, max 9)': the batch may grow to 9, ")]
    public void Build_NoRoomToGrow_OneFindingOfTheBatch(string batch, string start) => Assert.StartsWith(
        start,
        $"{Assert.Single(Assert.Throws<InvalidInputException>(() => TaskBuilder.Build(Small with { Batch = Batch.Parse(batch) })).Findings)}",
        StringComparison.Ordinal);

    [Fact]
    public void Build_Adaptive_TheControllerThatIsAskedFor() =>
        Assert.IsType<AdaptiveBatch>(TaskBuilder.Build(Small with { LearningRate = 0.1, Batch = Batch.Adaptive(5) }).Task.BuildController());

    [Fact]
    public void Build_CaffesNetwork_WantsRawPixels()
    {
        Assert.InRange(Largest("cifar10-quick"), 60, 255);
        Assert.InRange(Largest("convnet"), 0.5, 20);
    }

    [Fact]
    public void Like_MomentumOfAnother_InThePlanToo()
    {
        var built = TaskBuilder.Build(Small with { LearningRate = Rate.Parse("constant(0.1)") });
        var other = built.Like(Small with { Momentum = 0.5 });
        Assert.Equal(((Schedule)0.5, built.Settings.WeightDecay), (other.Settings.Momentum, other.Settings.WeightDecay));
        Assert.Equal(built.Task.Plan.At(0) with { Momentum = 0.5 }, other.Task.Plan.At(0));
    }

    private static float Largest(string network)
    {
        var train = ((SupervisedSubject)TaskBuilder.Build(Small with { Network = network }).Task.Subject).Train;
        using var scope = TorchSharp.torch.NewDisposeScope();
        return MemoryOrder.ToArray<float>(train.Read([0], SampleDraw.Evaluation).Inputs).Max();
    }
}
