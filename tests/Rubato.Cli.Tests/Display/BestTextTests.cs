using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class BestTextTests
{
    private static readonly RunSummary Ended = Harness.Summary(RunStatus.Completed);

    private static readonly BestRecord Best = new()
    {
        Watched = Watched.ValidationLoss,
        Value = 0.3412,
        Epoch = 12,
        Updates = 120,
        Samples = 1200,
        TestLoss = 0.3,
        TestAccuracy = 0.912,
        ValidationLoss = 0.3412,
        ValidationAccuracy = 0.9,
        File = "best.safetensors",
    };

    [Theory]
    [InlineData(Watched.ValidationLoss, 0.3412, "validation loss 0.3412")]
    [InlineData(Watched.TestAccuracy, 0.912, "test accuracy 91.20 %")]
    [InlineData(Watched.TestLoss, double.NaN, "test loss not finite")]
    public void Value_Measure_WithItsNumber(Watched watched, double value, string text) => Assert.Equal(text, BestText.Value(watched, value));

    [Fact]
    public void Of_Best_BothModels() => Assert.Equal(
        """


        last model          runs/a/model.safetensors
        best model          runs/a/best.safetensors: validation loss 0.3412 after epoch 12, test accuracy 91.20 %
        """[1..],
        BestText.Of(Ended with { Best = Best }, "runs/a"));

    [Fact]
    public void Of_StoppedEarly_WhyBeforeThem() => Assert.StartsWith(
        "\nstopped early       no better test accuracy since epoch 12\nlast model ",
        BestText.Of(Ended with { Best = Best with { Watched = Watched.TestAccuracy, Value = 0.912 }, StoppedEarly = true }, "runs/a"),
        StringComparison.Ordinal);

    [Fact]
    public void Of_None_Nothing()
    {
        Assert.Equal("", BestText.Of(Ended, "runs/a"));
        Assert.Equal("", BestText.InLine(Ended));
        Assert.Equal("", BestText.Validation(Ended));
    }

    [Fact]
    public void InLine_StoppedEarly_AtTheEnd() => Assert.Equal(
        "; best after epoch 12: test accuracy 91.20 %, test loss 0.3000, best.safetensors; stopped early",
        BestText.InLine(Ended with { Best = Best with { Watched = Watched.TestAccuracy, Value = 0.912 }, StoppedEarly = true }));

    [Fact]
    public void Validation_Numbers_InTheEpochsLineAndInTheSummary()
    {
        var epoch = new EpochRecord(1, 1, 1, 1, 1, 1, 1, 1) { ValidationLoss = 0.5, ValidationAccuracy = 0.75 };
        Assert.Equal("validation loss 0.5000  accuracy 75.00 %  ", BestText.Validation(epoch));
        Assert.Equal("", BestText.Validation(epoch with { ValidationAccuracy = double.NaN }));
        Assert.Equal(
            "\nvalidation accuracy 75.00 %\nvalidation loss     0.5000",
            BestText.Validation(Ended with { ValidationLoss = 0.5, ValidationAccuracy = 0.75 }));
    }

    [Fact]
    public void NoneFor_NeverFinite_OneSentenceIfItIsWatched()
    {
        Assert.Null(BestText.NoneFor(new TrainSettings(), Ended));
        Assert.Null(BestText.NoneFor(new TrainSettings { Best = Watched.TestLoss }, Ended with { Best = Best }));
        Assert.Equal(
            "the validation loss was a finite number at the end of no epoch, so that no weights are kept as the best; "
            + "lower --lr, or look for numbers that are not finite in the data.",
            BestText.NoneFor(new TrainSettings { Validation = 0.1, StopEarly = 2 }, Ended));
    }
}
