using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Torch.RangeTests;

namespace Rubato.Torch.Tests.RangeTests;

public sealed class RangeTestSessionTests
{
    /// <summary>Two momenta, two weight decays and two seeds; 40 updates of 20 samples each.</summary>
    private static readonly FindSettings Four = new()
    {
        Training = new TrainSettings { Data = "glyphs(train 400, test 20)", Network = "mlp(32, norm batch, dropout 0.1)", Batch = 20, Threads = OneThreadAttribute.Threads, Seed = 3 },
        StartLr = 1e-3,
        EndLr = 30,
        Iterations = 40,
        AccuracyEvery = 20,
        Momenta = [0, 0.9],
        WeightDecays = [0, 0.1],
        Repeats = 2,
    };

    private static readonly FindSettings One = Four with { Momenta = [], WeightDecays = [], Repeats = 1 };

    [Fact]
    public void Run_VariantsAndRepeats_EachFromTheSameStart()
    {
        var listener = new ToldOfSweeps();
        var outcome = Run(Four, listener);
        Assert.Equal([(0, 0), (0, 0.1), (0.9, 0), (0.9, 0.1)], outcome.Variants.Select(variant => (variant.Momentum!.At(0), variant.WeightDecay.At(0))));
        Assert.All(outcome.Variants, variant => Assert.Equal(2, variant.Runs.Length));
        var first = outcome.Variants[0].Runs;
        Assert.NotEqual(first[0].Points[0].Loss, first[1].Points[0].Loss);
        foreach (var variant in outcome.Variants.Skip(1))
        {
            Assert.Equal(first.Select(run => run.Points[0]), variant.Runs.Select(run => run.Points[0]));
            Assert.NotEqual(first[0], variant.Runs[0]);
        }

        Assert.Equal([3, 4, 3, 4, 3, 4, 3, 4], listener.Runs.Select(run => run.Seed));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], listener.Runs.Select(run => run.Number));
        Assert.Equal(outcome.Variants.SelectMany(variant => variant.Runs), listener.Curves);
        Assert.Equal(listener.Curves.SelectMany(curve => curve.Points), listener.Points);
        Assert.Equal(20 * listener.Points.Count(point => double.IsFinite(point.Loss)), outcome.Samples);
        Assert.False(outcome.IsInterrupted);
    }

    [Fact]
    public void Run_Lamb_MaximumBelowTheRateOfTheLowestLoss()
    {
        var lamb = One with { Training = One.Training with { Optimizer = "lamb" }, StartLr = 1e-5, EndLr = 10, Iterations = 100 };

        var variant = Assert.Single(Run(lamb, new ToldOfSweeps()).Variants);

        var lowest = RangeSuggestion.Of(variant.Runs, new RangeSuggestionSettings()).Range!.Value.MaxLr;
        Assert.Equal(lowest / 4, variant.Suggestion.Range!.Value.MaxLr, 1e-9 * lowest);
    }

    [Fact]
    public void Run_Described_AsItIsMade()
    {
        var listener = new ToldOfSweeps();
        var outcome = Run(Four, listener);
        var description = listener.Description!;
        Assert.Equal((8, 400, 40, 20L, "cpu", 1), (
            description.Runs, description.TrainSamples, description.HeldOutSamples, description.BatchSize, description.Device, description.Threads));
        Assert.Equal(new RangeTest(1e-3, 30, 40), description.Test);
        Assert.Equal((description.Test, 400, 40, 20L), (outcome.Test, outcome.TrainSamples, outcome.HeldOutSamples, outcome.BatchSize));
        Assert.All(outcome.Variants, variant => Assert.Equal(20, variant.Suggestion.BatchSize));
    }

    [Fact]
    public void Run_Learns_AnAnswerAndTheSameAgain()
    {
        var (first, second) = (Run(One), Run(One));
        var variant = Assert.Single(first.Variants);
        Assert.Equal((0.9, 0.0005), (variant.Momentum, variant.WeightDecay));
        Assert.Equal(RangeSuggestion.Of(variant.Runs, One.Suggestion with { BatchSize = 20 }).Range, variant.Suggestion.Range);
        Assert.InRange(variant.Suggestion.Range!.Value.MaxLr, One.StartLr!.Value, One.EndLr!.Value);
        Assert.Equal(variant.Runs, second.Variants[0].Runs);
    }

    [Fact]
    public void Run_OpenChoices_AreFilledIn()
    {
        var settings = Find(One).Settings;
        Assert.Equal((0.9, 0.0005, 1, "cpu"), (settings.Momentum, settings.WeightDecay, settings.Threads, settings.Device));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("clr(triangular, cycles 3)")]
    [InlineData("autowarmup")]
    [InlineData("cosine(1 -> 0)")]
    public void Run_AnyRateOfTheTraining_TheSameCurve(string rate)
    {
        var settings = One with { Training = One.Training with { LearningRate = Rate.Parse(rate), Warmup = 0.1, Length = Duration.Parse("7ba"), Guard = true } };
        var measured = Find(settings);
        Assert.Equal(Run(One).Variants[0].Runs, measured.Outcome.Variants[0].Runs);
        Assert.Equal(Rate.Parse(rate), measured.Settings.LearningRate);
    }

    [Fact]
    public void Run_OneMomentumAsAList_TheSameCurveAsWithoutAList() =>
        Assert.Equal(
            Run(One with { Training = One.Training with { Momentum = Schedule.Parse("0.5") } }).Variants[0].Runs,
            Run(One with { Momenta = [0.5] }).Variants[0].Runs);

    [Fact]
    public void Run_OptimizerWithoutMomentum_NoneIsNamed() =>
        Assert.Null(Run(One with { Training = One.Training with { Optimizer = "adagrad" } }).Variants[0].Momentum);

    [Fact]
    public void Run_InterruptedInTheThirdRun_WhatWasMeasured()
    {
        using var cancellation = new CancellationTokenSource();
        var outcome = Run(Four, new ToldOfSweeps { Cancels = (3, 5, cancellation) }, cancellation.Token);
        Assert.True(outcome.IsInterrupted);
        Assert.Equal([2, 1], outcome.Variants.Select(variant => variant.Runs.Length));
        Assert.Equal((RangeEnd.Interrupted, 5), (outcome.Variants[1].Runs[0].End, outcome.Variants[1].Runs[0].Points.Length));
        Assert.NotNull(outcome.Variants[1].Suggestion.Reason);
    }

    [Fact]
    public void Run_InterruptedAfterTheLastUpdate_IsComplete()
    {
        using var cancellation = new CancellationTokenSource();
        var last = Run(One).Variants[0].Runs[0].Points.Length;
        Assert.False(Run(One, new ToldOfSweeps { Cancels = (1, last, cancellation) }, cancellation.Token).IsInterrupted);
    }

    [Fact]
    public void Run_InterruptedBefore_NothingButWhatWasSetUp()
    {
        var listener = new ToldOfSweeps();
        var outcome = Run(Four, listener, new CancellationToken(canceled: true));
        Assert.True(outcome.IsInterrupted);
        Assert.Empty(outcome.Variants);
        Assert.NotNull(listener.Description);
    }

    [Fact]
    public void Run_NetworkThatDoesNotLearn_NoAnswerButAReason()
    {
        var suggestion = Run(One with { Training = One.Training with { Groups = ParameterGroups.Parse("*(lr 0)") } }).Variants[0].Suggestion;
        Assert.Null(suggestion.Range);
        Assert.StartsWith("the loss ", suggestion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DataSmallerThanABatch_OneSentence() => Assert.Equal(
        "batch is 500, but the training set of glyphs(train 400, test 20) has 400 samples, of which the range test holds out 40 to measure the accuracy; write at most --batch 360.",
        Assert.Throws<InvalidInputException>(() => Run(One with { Training = One.Training with { Batch = 500 } })).Message);

    [Fact]
    public void Run_Mistakes_AllBeforeAnythingIsRead() => Assert.Equal(
        2,
        Assert.Throws<InvalidInputException>(() => Run(One with { StartLr = 50, Repeats = 0, Training = One.Training with { Data = "mnist:nowhere" } })).Findings.Count);

    private static RangeTestOutcome Run(FindSettings settings, ToldOfSweeps? listener = null, CancellationToken? cancellation = null) =>
        Find(settings, listener, cancellation).Outcome;

    private static MeasuredRange Find(FindSettings settings, ToldOfSweeps? listener = null, CancellationToken? cancellation = null) =>
        Sessions.Find(settings, listener ?? new ToldOfSweeps(), TimeProvider.System, cancellation ?? TestContext.Current.CancellationToken);
}
