using Rubato.Cli.Display;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class TrainingTextTests
{
    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(59.4, "0:59")]
    [InlineData(59.6, "1:00")]
    [InlineData(3599, "59:59")]
    [InlineData(3600, "1:00:00")]
    [InlineData(360_000, "100:00:00")]
    [InlineData(double.NaN, "?")]
    [InlineData(double.PositiveInfinity, "?")]
    [InlineData(-1, "?")]
    public void Duration_Seconds_ClockText(double seconds, string text) => Assert.Equal(text, TrainingText.Duration(seconds));

    [Fact]
    public void Statuses_SecondEpoch_FromFullestToShortest()
    {
        var meter = new RunMeter(Harness.Description);
        meter.OnStep(Harness.Step(2, 1, 12));
        meter.OnEpoch(new EpochRecord(1, 2, 10_000, 1.5, 0.75, 0.9, 0.05, 14));
        meter.OnStep(Harness.Step(3, 1, 16));

        Assert.Equal(
            [
                "loss 1.0000  accuracy 90.00 %  lr 0.05  2,500 samples/s  0:05 left",
                "loss 1.0000  accuracy 90.00 %  lr 0.05  0:05 left",
                "loss 1.0000  accuracy 90.00 %  0:05 left",
                "loss 1.0000  0:05 left",
                "loss 1.0000",
            ],
            TrainingText.Statuses(meter));
    }

    [Fact]
    public void Statuses_WarmupThatTests_ThePhaseWithItsProbability()
    {
        var meter = new RunMeter(Harness.Description);
        meter.OnStep(Harness.Step(2, 1, 2));
        meter.OnPhase(new PhaseRecord(RunPhase.WarmUp, 0.123));

        Assert.Equal(
            [
                "loss 1.0000  lr 0.05  warm-up (minimum past: 12 %)  5,000 samples/s  0:02 left",
                "loss 1.0000  lr 0.05  warm-up (minimum past: 12 %)  0:02 left",
                "loss 1.0000  warm-up (minimum past: 12 %)  0:02 left",
                "loss 1.0000  0:02 left",
                "loss 1.0000  0:02 left",
                "loss 1.0000",
            ],
            TrainingText.Statuses(meter));
    }

    [Fact]
    public void Start_BatchThatGrows_AtMostAsManyUpdates() => Assert.Contains(
        ", at most 40 updates in 2 epochs\n",
        TrainingText.Start(Harness.Description with { Epochs = 2, Updates = 40, GrowsBatch = true }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("0.1", 2, 4, "optimizer  sgd: peak learning rate 0.1, 4 updates in 2 epochs\n")]
    [InlineData("cosine(0.1 -> 0)", 204.8, 4, "optimizer  sgd: learning rate cosine(0.1 -> 0), 4 updates in 204.8 epochs\n")]
    [InlineData("1e-3", 1, 1, "optimizer  sgd: peak learning rate 0.001, 1 update in 1 epoch\n")]
    [InlineData("1e-3", 0.00128, 1, "optimizer  sgd: peak learning rate 0.001, 1 update in 0.0013 epochs\n")]
    public void Start_RateAndLength_AsTheyWereAskedFor(string rate, double epochs, long updates, string line) => Assert.Contains(
        line, TrainingText.Start(Harness.Description with { LearningRate = rate, Epochs = epochs, Updates = updates }), StringComparison.Ordinal);

    /// <summary>A run of 20 updates of which only 18 are left.</summary>
    [Fact]
    public void Start_RehearsalTookSome_OfHowMuch() => Assert.Contains(
        ", 18 updates in 2.86 of 3.2 epochs; the rehearsal took the rest\n",
        TrainingText.Start(Harness.Description with { Epochs = 2.86, RehearsedEpochs = 0.34, Updates = 18 }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "note       the warm-up begins at 0, so that its one update changes nothing; begin it above 0, or make it longer")]
    [InlineData(2, "note       the warm-up begins at 0, so that the first of its 2 updates changes nothing; begin it above 0, or make it longer")]
    public void Start_ShortWarmupFromZero_Note(int updates, string line)
    {
        Assert.EndsWith(line, TrainingText.Start(Harness.Description with { WarmupFromZero = updates }), StringComparison.Ordinal);
        Assert.DoesNotContain("note", TrainingText.Start(Harness.Description), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "they do not change the loss")]
    [InlineData(1.5e-16, "they change the loss by 1.5e-16")]
    public void Exponential_ChangeOfTheLoss_InWords(double change, string end) =>
        Assert.EndsWith(end, TrainingText.Exponential(new ExponentialRecord("exponential", 900, change, null), 1000), StringComparison.Ordinal);

    [Fact]
    public void EpochInProgress_EndInMidEpoch_OfThoseThatBegin()
    {
        var run = Harness.Description with { Epochs = 2.5 };
        Assert.Equal("epoch 1/3", TrainingText.EpochInProgress(new RunMeter(run), run));
    }

    [Fact]
    public void Epoch_EndInMidEpoch_Fraction() => Assert.StartsWith(
        "epoch 2.5/2.5  train loss ",
        TrainingText.Epoch(new EpochRecord(2.5, 2, 25_000, 1, 1, 0.5, 0.1, 15), Harness.Description with { Epochs = 2.5 }, 1),
        StringComparison.Ordinal);

    [Fact]
    public void Event_Plateau_TheRateFromHere() => Assert.Equal(
        "update 1,007  mean loss 0.3125 falls no more: learning rate 0.01 from here  1:02",
        TrainingText.Event(Harness.Rollback with { Kind = EventKind.Plateau, Loss = 0.3125, LearningRate = 0.01 }));

    [Theory]
    [InlineData(901.4, "update 1,007  noise scale 901: batches of 1,280 from here  1:02")]
    [InlineData(null, "update 1,007  noise drowns the gradient: batches of 1,280 from here  1:02")]
    public void Event_Batch_TheSizeFromHere(double? scale, string expected) => Assert.Equal(
        expected, TrainingText.Event(Harness.Rollback with { Kind = EventKind.Batch, BatchSize = 1280, NoiseScale = scale }));

    [Fact]
    public void Event_Restart_SaysSo() => Assert.Equal(
        "update 1,007  loss not finite: started again, learning rates times 0.1 from here  1:02",
        TrainingText.Event(Harness.Rollback with { Kind = EventKind.Restart }));

    [Theory]
    [InlineData(0, "1 update, 25.0 s, x")]
    [InlineData(1, "1 update, 1 rollback, 25.0 s, x")]
    [InlineData(3, "1 update, 3 rollbacks, 25.0 s, x")]
    public void SummaryLine_Rollbacks_OnlyWhereThereAreAny(int rollbacks, string end) => Assert.EndsWith(
        end, TrainingText.SummaryLine(Harness.Summary(RunStatus.Completed) with { Updates = 1, Seconds = 25, Rollbacks = rollbacks }, "x"), StringComparison.Ordinal);

    [Fact]
    public void Summary_Clipping_TheShareOfTheUpdates()
    {
        var summary = Harness.Summary(RunStatus.Completed) with { ClippedShare = 0.125, Updates = 8, Seconds = 25 };
        Assert.Contains("\nclipped             12.50 % of the updates\n", TrainingText.Summary(summary, "x"), StringComparison.Ordinal);
        Assert.EndsWith("8 updates, 12.50 % clipped, 25.0 s, x", TrainingText.SummaryLine(summary, "x"), StringComparison.Ordinal);
        Assert.DoesNotContain("clipped", TrainingText.Summary(summary with { ClippedShare = null }, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfARunThatEndedBeforeItsFirstUpdate_HasNoLosses()
    {
        var text = TrainingText.Summary(
            Harness.Summary(RunStatus.Interrupted) with { Updates = 0, TestAccuracy = double.NaN, TestLoss = double.NaN, TrainLoss = double.NaN }, "x");
        Assert.Contains("test loss           not measured", text, StringComparison.Ordinal);
        Assert.Contains("train loss          not measured", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_OfLossesThatAreNoNumbers_SaysSo()
    {
        var text = TrainingText.Summary(Harness.Summary(RunStatus.Failed) with { Updates = 3, TestAccuracy = 0.1, TestLoss = double.NaN, TrainLoss = double.NaN }, "x");
        Assert.Contains("test loss           not finite", text, StringComparison.Ordinal);
        Assert.Contains("train loss          not finite", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.98765, "98.77 %")]
    [InlineData(1, "100.00 %")]
    [InlineData(double.NaN, "not measured")]
    public void Percent_Share_Text(double share, string text) => Assert.Equal(text, TrainingText.Percent(share));
}
