using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Rewrites;

namespace Rubato.Cli.Tests.Settings;

public sealed class FindSettingsValidatorTests
{
    private static readonly FindSettings Defaults = new();

    public static TheoryData<object, string> Broken => new()
    {
        { Defaults with { StartLr = 0 }, "--start-lr is 0; it must be a finite number above 0, for instance --start-lr 1e-5." },
        { Defaults with { StartLr = double.NaN }, "--start-lr is NaN; it must be a finite number above 0, for instance --start-lr 1e-5." },
        { Defaults with { EndLr = double.PositiveInfinity }, "--end-lr is Infinity; it must be a finite number above 0, for instance --end-lr 10." },
        { Defaults with { StartLr = 1, EndLr = 0.1 }, "--start-lr is 1, but --end-lr is 0.1, and the rate must rise; write a --start-lr below 0.1." },
        { Defaults with { StartLr = 1, EndLr = 1 }, "--start-lr is 1, but --end-lr is 1, and the rate must rise; write a --start-lr below 1." },
        { Defaults with { Iterations = 9 }, "--iterations is 9; it must be at least 10 and at most 2147483647, for instance --iterations 400." },
        { Defaults with { Iterations = 3_000_000_000 }, "--iterations is 3000000000; it must be at least 10 and at most 2147483647, for instance --iterations 400." },
        { Defaults with { Epochs = 0 }, "--epochs is 0; it must be a finite number above 0, for instance --epochs 1." },
        { Defaults with { Iterations = 100, Epochs = 1.5 }, "--iterations is 100, and --epochs is 1.5, which says the same; leave one of them out." },
        { Defaults with { Repeats = 0 }, "--repeats is 0; it must be at least 1 and at most 100, for instance --repeats 3." },
        { Defaults with { Repeats = 101 }, "--repeats is 101; it must be at least 1 and at most 100, for instance --repeats 3." },
        { Defaults with { DivergeThreshold = 1 }, "--diverge-threshold is 1; it must be a finite number above 1, for instance --diverge-threshold 4." },
        { Defaults with { AccuracyEvery = -1 }, "--accuracy-every is -1; it must be at least 1, or 0 for never, for instance --accuracy-every 20." },
        { Defaults with { AccuracySamples = 0 }, "--accuracy-samples is 0; it must be at least 1, for instance --accuracy-samples 500." },
        {
            Defaults with { AccuracySamples = 5, AccuracyEvery = 0 },
            "--accuracy-samples is 5, but --accuracy-every is 0, so that the accuracy is never measured; leave one of them out."
        },
        {
            Defaults with { Suggestion = new RangeSuggestionSettings { Rule = "vally" } },
            "--rule is 'vally'; it must be one of lowest, accuracy, valley, slide, steep, minimum. Did you mean 'valley'?"
        },
        { Defaults with { Momenta = [0.9, 1.5] }, "--momentum is 1.5; it must be at least 0 and below 1, for instance --momentum 0.95." },
        { Defaults with { WeightDecays = [0, -1], Momenta = [0, 0.9] }, "--weight-decay is -1; it must be a finite number of at least 0, for instance --weight-decay 5e-4." },
        {
            Defaults with { Momenta = [0.9], Training = new TrainSettings { Optimizer = "adagrad" } },
            "--momentum is 0.9, but --optimizer adagrad has none; leave --momentum out."
        },
        { Defaults with { Training = new TrainSettings { Batch = 0 } }, "--batch is 0; it must be a whole number of at least 1, for instance --batch 256." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void FindingsIn_OneMistake_OneSentence(object settings, string finding) =>
        Assert.Equal(finding, Shown.ByFind(Assert.Single(FindSettingsValidator.FindingsIn((FindSettings)settings))));

    [Fact]
    public void FindingsIn_ManyMistakes_All() => Assert.Equal(
        5,
        FindSettingsValidator.FindingsIn(Defaults with { StartLr = -1, Iterations = 1, Repeats = -1, Momenta = [2], Training = new TrainSettings { Loss = "ms" } }).Length);

    [Theory]
    [InlineData("auto")]
    [InlineData("clr(triangular)")]
    [InlineData("autowarmup")]
    [InlineData("linear(-1 -> 0)")]
    public void FindingsIn_RateLengthRewritesAndFolderOfTheTraining_AreNotUsed(string rate) => Assert.Empty(FindSettingsValidator.FindingsIn(
        Defaults with { Training = new TrainSettings { LearningRate = Rate.Parse(rate), Warmup = 7, Epochs = -1, Length = Duration.Parse("0.5dur"), Rewrite = RewriteSequence.Parse("grow-batch"), MeasureNoise = 0, Guard = true, Out = "" } }));
}
