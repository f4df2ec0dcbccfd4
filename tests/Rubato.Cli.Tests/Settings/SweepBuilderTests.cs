using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Torch.Tasks;

namespace Rubato.Cli.Tests.Settings;

public sealed class SweepBuilderTests
{
    private static readonly TrainSettings Training = new()
    {
        Data = "glyphs(train 200, test 20)",
        Network = "mlp(16, norm batch, dropout 0.3)",
        LearningRate = 0.01,
        Batch = 16,
    };

    private static readonly FindSettings Open = new() { Training = Training };

    /// <summary>Of 200 samples in batches of 16.</summary>
    public static TheoryData<object, string> Broken => new()
    {
        {
            Open with { Epochs = 0.5 },
            "--epochs is 0.5, which is 6 updates of 16 samples, and a range test has at least 10 and at most 2147483647; write --iterations 400."
        },
        {
            Open with { StartLr = 1000 },
            "--start-lr is 1000, but the test ends at 50 where --end-lr is not given; write an --end-lr above 1000."
        },
        {
            Open with { EndLr = 1e-6 },
            "--end-lr is 1e-6, but the test begins at 5e-6 where --start-lr is not given; write a --start-lr below 1e-6."
        },
        {
            Open with { StartLr = 1, EndLr = 1.00000000000001 },
            "--end-lr is 1.00000000000001, but 100 rates cannot be told apart between it and 1, the first one; write a higher --end-lr, for instance --end-lr 10."
        },
        {
            Open with { AccuracySamples = 101 },
            "--accuracy-samples is 101, but the training set of glyphs(train 200, test 20) has 200 samples, of which at most half can be held out; write at most --accuracy-samples 100."
        },
        {
            Open with { Training = Training with { Batch = 190 } },
            "--batch is 190, but the training set of glyphs(train 200, test 20) has 200 samples, of which the range test holds out 20 to measure the accuracy; write at most --batch 180."
        },
        {
            Open with { Training = Training with { Batch = 201 }, AccuracyEvery = 0 },
            "--batch is 201, but the training set of glyphs(train 200, test 20) has 200 samples; write at most --batch 200."
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Build_CannotBeMade_OneSentence(object settings, string finding) =>
        Assert.Equal(finding, Shown.ByFind(Assert.Single(Assert.Throws<InvalidInputException>(() => Of((FindSettings)settings)).Findings)));

    [Fact]
    public void Build_SeveralMistakes_AllAtOnce() =>
        Assert.Equal(3, Assert.Throws<InvalidInputException>(() => Of(Open with { Epochs = 0.5, StartLr = 1000, AccuracySamples = 101 })).Findings.Count);

    [Fact]
    public void Build_NothingGiven_TheUsualChoices()
    {
        var sweep = Of(Open);
        Assert.Equal((100, 20, 4L), (sweep.Test.Updates, sweep.HeldOut, sweep.AccuracyEvery));
        Assert.Equal(5e-6, sweep.Test.StartLr, 1e-15);
        Assert.Equal(50, sweep.Test.EndLr, 1e-9);
        Assert.Equal((RangeSpacing.Exponential, 4.0), (sweep.Test.Spacing, sweep.Test.DivergeThreshold));
    }

    [Theory]
    [InlineData(128, null, 100)]
    [InlineData(1, null, 200)]
    [InlineData(16, 10.0, 125)]
    [InlineData(16, 200.0, 2500)]
    public void Build_Epochs_AreUpdates(int batch, double? epochs, long iterations) =>
        Assert.Equal(iterations, Of(Open with { Training = Training with { Batch = batch }, Epochs = epochs }).Test.Updates);

    [Fact]
    public void Build_AccuracyNever_NothingHeldOut()
    {
        var sweep = Of(Open with { AccuracyEvery = 0 });
        Assert.Equal((0, 0L), (sweep.HeldOut, sweep.AccuracyEvery));
    }

    private static Sweep Of(FindSettings settings) => SweepBuilder.Build(settings, TaskBuilder.Build(settings.Training));
}
