using Rubato.Torch;

namespace Rubato.Torch.Tests.Verifying;

public sealed partial class VerifySessionTests
{
    [Fact]
    public void Run_Told_AllOfTheOutcome()
    {
        var told = new Verifications.Told();
        var outcome = Verifications.Run(Verifications.Small with { Closeness = new() { Every = 5, Updates = 27 } }, told);

        Assert.Equal([5L, 10, 15, 20, 25, 27], outcome.Points.Select(point => point.Update));
        Assert.Equal([12L, 24, 27], outcome.Accuracies.Select(accuracy => accuracy.Update));
        Assert.Equal([1, 2, 2.25], outcome.Accuracies.Select(accuracy => accuracy.Epoch));
        Assert.Equal(outcome.Points, told.Points);
        Assert.Equal(outcome.Accuracies, told.Accuracies);
        Assert.Equal(outcome.Description, told.Description);
        Assert.Equal(VerificationEnd.Completed, outcome.End);
    }

    [Fact]
    public void Run_Description_WhatWasResolved()
    {
        var told = new Verifications.Told();
        _ = Verifications.Run(Verifications.With(training => training with { LearningRate = null }) with { Closeness = new() { Updates = 1, IsDouble = false, Probe = 1000 } }, told);

        var run = Assert.IsType<VerificationDescription>(told.Description);
        Assert.Equal((384, 1, 64, 1e-3, false), (run.TrainSamples, run.Updates, run.Probe, run.Tolerance, run.IsDouble));
        Assert.Equal("exponential", run.Exponential.Form);
        Assert.Equal((784 * 16) + (16 * 12), run.Exponential.ScaleInvariant);
        Assert.NotEmpty(run.LearningRate);
    }

    [Fact]
    public void Run_Interrupted_EndsAfterTheUpdateInProgressAndComparesIt()
    {
        using var source = new CancellationTokenSource();
        var outcome = Verifications.Run(Verifications.Small, new Verifications.Told { Then = _ => source.Cancel() }, source.Token);

        Assert.Equal(VerificationEnd.Interrupted, outcome.End);
        Assert.Equal([5L, 6], outcome.Points.Select(point => point.Update));
        Assert.True(outcome.Holds);
    }

    [Fact]
    public void Run_InterruptedBeforeItBegan_NoPoint()
    {
        var outcome = Verifications.Run(Verifications.Small, cancellation: new CancellationToken(canceled: true));

        Assert.Equal(VerificationEnd.Interrupted, outcome.End);
        Assert.Empty(outcome.Points);
        Assert.Null(outcome.Holds);
    }

    [Fact]
    public void Run_LossThatIsNotFinite_EndsThere()
    {
        var outcome = Verifications.Run(Verifications.With(training => training with { LearningRate = Rate.Parse("constant(1e200)"), WeightDecay = Schedule.Parse("1e-250"), Loss = "mse" }) with { Closeness = new() { Every = 1 } });

        Assert.Equal(VerificationEnd.NonFinite, outcome.End);
        Assert.InRange(outcome.Points.Length, 0, 10);
    }

    [Fact]
    public void Run_FindingsOfSettingsAndOfTheNetwork_AreThrown()
    {
        Assert.Equal(
            "every is 0; it must be at least 1, for instance --every 10.",
            Assert.Throws<InvalidInputException>(() => Verifications.Run(Verifications.Small with { Closeness = new() { Every = 0 } })).Message);
        Assert.Contains(
            "the network mlp(16) has no weights that only a normalization follows",
            Assert.Throws<InvalidInputException>(() => Verifications.Run(Verifications.With(training => training with { Network = "mlp(16)" }))).Message,
            StringComparison.Ordinal);
    }
}
