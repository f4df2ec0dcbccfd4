using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Tasks;

public sealed class WatchedLimitsTests
{
    private static TrainerSettings Settings => new() { Length = Duration.Epochs(1), BatchSize = 4 };

    [Theory]
    [InlineData(Watched.ValidationLoss, false, "Best is 'ValidationLoss', but there are no validation samples, and validation-loss would be watched; hold some out, for instance by the share 0.1.")]
    [InlineData(Watched.TestAccuracy, true, "Best is 'TestAccuracy', but there are no test samples, and test-accuracy would be watched; give the trainer held-out samples, or watch another measure.")]
    [InlineData(Watched.ValidationAccuracy, true, "Best is 'ValidationAccuracy', but there is no accuracy, since targets are no class numbers, and validation-accuracy would be watched; watch the loss.")]
    [InlineData(Watched.ValidationLoss, true, null)]
    public void Findings_Best_WhatIsMissing(Watched best, bool validates, string? sentence) =>
        Assert.Equal(sentence is null ? [] : [sentence], Sentences(Settings with { Best = best }, 0.1, validates));

    [Fact]
    public void Findings_StopEarlyWithoutSamples_OneSentence() => Assert.Equal(
        ["StopEarly is 3, but there are no test samples, and test-loss would be watched; give the trainer held-out samples, or watch another measure."],
        Sentences(Settings with { StopEarly = 3 }, 0.1, validates: false));

    [Fact]
    public void Findings_PlateauWithoutSamples_OneSentence() => Assert.Equal(
        ["LearningRate is 'plateau(0.1, watch validation-loss)', but there are no validation samples, and validation-loss would be watched; hold some out, for instance by the share 0.1."],
        Sentences(Settings, Rate.Parse("plateau(0.1, watch validation-loss)"), validates: false));

    [Fact]
    public void Findings_ShareOfTooFewSamples_OneSentence() => Assert.Equal(
        ["Validation is 0.1, which leaves none of 8 training samples for validation, or none to train on; write another share, or give more samples."],
        Sentences(Settings with { Validation = 0.1 }, 0.1, validates: false));

    [Theory]
    [InlineData(null, null, true, null)]
    [InlineData(null, 3, true, Watched.ValidationLoss)]
    [InlineData(null, 3, false, Watched.TestLoss)]
    [InlineData(Watched.TestAccuracy, 3, true, Watched.TestAccuracy)]
    public void BestOf_Settings_WhatIsAskedForOrTheUsual(Watched? best, int? patience, bool validates, Watched? watched)
    {
        using var scope = NewDisposeScope();
        using var network = Linear(2, 1);
        Assert.Equal(watched, WatchedLimits.BestOf(Settings with { Best = best, StopEarly = patience }, SubjectOf(network, validates)));
    }

    private static string[] Sentences(TrainerSettings settings, Rate rate, bool validates)
    {
        using var scope = NewDisposeScope();
        using var network = Linear(2, 1);
        return [.. WatchedLimits.Findings(settings, rate, SubjectOf(network, validates)).Select(finding => $"{finding}")];
    }

    // Targets are numbers, and nothing is held out to test by.
    private static SupervisedSubject SubjectOf(Module<Tensor, Tensor> network, bool validates)
    {
        var samples = Samples.Of(zeros(8, 2), zeros(8, 1));
        return new SupervisedSubject(network, samples, heldOut: null, Losses.MeanSquaredError) { Validation = validates ? samples : null };
    }
}
