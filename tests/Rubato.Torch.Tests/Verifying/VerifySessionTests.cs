using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Verifying;

public sealed partial class VerifySessionTests
{
    private const string Steps = "step(0.05, gamma 0.3, every 25ba)";

    [Theory]
    [InlineData("exponential", Steps)]
    [InlineData("exponential", "cosine(0.05 -> 0)")]
    [InlineData("exponential", "triangular(0.01..0.08, step 15ba)")]
    [InlineData("exponential", "warmup(constant(0.05), 15ba)")]
    [InlineData("exponential", "linear(0 -> 0.05, 20ba) then cosine(0.05 -> 0)")]
    [InlineData("texp", Steps)]
    [InlineData("texp--", Steps)]
    public void Run_SchedulesOfEveryKind_HoldsOverAllUpdates(string rewrite, string rate) =>
        AssertHolds(Verifications.With(training => training with { Rewrite = RewriteSequence.Parse(rewrite), LearningRate = Rate.Parse(rate) }));

    [Theory]
    [InlineData("exponential", "cosine(0.02 -> 0)")]
    [InlineData("texp", "step(0.02, gamma 0.3, every 10ba)")]
    public void Run_ConvNet_HoldsOverAllUpdates(string rewrite, string rate) => AssertHolds(Verifications.With(training => training with
    {
        Network = "convnet(4, 8)",
        Data = "glyphs(train 256, test 32)",
        Length = Duration.Parse("25ba"),
        LearningRate = Rate.Parse(rate),
        Rewrite = RewriteSequence.Parse(rewrite),
    }));

    [Theory]
    [InlineData("exponential")]
    [InlineData("texp")]
    public void Run_NoWeightDecay_NothingToVerify(string rewrite) => Assert.Equal(
        "WeightDecay is 0, and there is none to write as growth: both forms would be the same run; give one above 0, for instance 5e-4.",
        Assert.Throws<InvalidInputException>(() => Verifications.Run(Verifications.With(training => training with { WeightDecay = Schedule.Parse("0"), Rewrite = RewriteSequence.Parse(rewrite) }))).Message);

    [Fact]
    public void Run_Dropout_EachRunDrawsTheSame() => AssertHolds(Verifications.With(training => training with { Network = "mlp(16, norm batch, dropout 0.3)" }));

    [Fact]
    public void Run_MicroBatchesOfGhostBatches_Holds() => AssertHolds(Verifications.With(training => training with { MicroBatch = 16, GhostBatch = 8 }));

    [Fact]
    public void Run_GroupWithoutWeightDecay_Holds() => AssertHolds(Verifications.With(training => training with { Groups = ParameterGroups.Parse("*.bias(weight-decay 0); 4.weight(lr 0.5 * base)") }));

    // Both forms see the same gradient at its true scale: so the same updates are clipped, by the same factor.
    [Theory]
    [InlineData("exponential", "0.3", null)]
    [InlineData("exponential", null, "0.02")]
    [InlineData("exponential", "linear(0.5 -> 0.1)", "0.05")]
    [InlineData("texp", "0.3", "0.02")]
    [InlineData("texp--", "0.3", null)]
    public void Run_GradientsClipped_Holds(string rewrite, string? norm, string? value)
    {
        var settings = Verifications.With(training => training with
        {
            Rewrite = RewriteSequence.Parse(rewrite),
            LearningRate = Rate.Parse(Steps),
            ClipNorm = norm is null ? null : Schedule.Parse(norm),
            ClipValue = value is null ? null : Schedule.Parse(value),
        });
        using var parts = new RunParts(Trained.Task(settings.Training));
        for (var update = 0; update < 60; update++)
        {
            _ = parts.Loop.Step();
        }

        Assert.InRange(parts.Loop.ClippedShare!.Value, 0.5, 1);
        AssertHolds(settings);
    }

    [Fact]
    public void Run_ParametersFrozenByName_Holds() => AssertHolds(Verifications.With(training => training with { Freeze = "4.weight, *.bias" }));

    [Fact]
    public void Run_LastLayerFrozenAndNothingTrainedInNormalizations_Holds() =>
        AssertHolds(Verifications.With(training => training with { FreezeLast = true, NoAffine = true, Guard = true }));

    [Fact]
    public void Run_GrownBatchBefore_HoldsAgainstThatPlan() =>
        AssertHolds(Verifications.With(training => training with { Rewrite = RewriteSequence.Parse("grow-batch, exponential"), LearningRate = Rate.Parse("multi-step(0.05, gamma 0.5, at 30ba)") }));

    [Fact]
    public void Run_TexpWithoutCorrections_DoesNotHold()
    {
        var outcome = Verifications.Run(Verifications.With(training => training with { Rewrite = RewriteSequence.Parse("texp(corrections none)"), LearningRate = Rate.Parse(Steps) }));

        Assert.False(outcome.Holds);
        Assert.InRange(outcome.LargestFunctionDifference, 1e-5, double.MaxValue);
    }

    [Fact]
    public void Run_Float32AtAHighRate_JudgedAsFarAsRoundingLetsItBe()
    {
        var outcome = Verifications.Run(
            Verifications.With(training => training with { LearningRate = Rate.Parse("constant(2)"), WeightDecay = Schedule.Parse("1e-3") }) with { Closeness = new() { IsDouble = false, Tolerance = 1e-2, Every = 1 } });

        // How soon rounding drives two runs apart is the processor's choice.
        Assert.InRange(outcome.Judged, 1, outcome.Points.Length);
        Assert.True(outcome.Holds);
        Assert.All(outcome.Points[..outcome.Judged], point => Assert.InRange(point.Rounding, 0, 1e-3));
    }

    private static void AssertHolds(VerifySettings settings)
    {
        var outcome = Verifications.Run(settings);

        Assert.Equal(outcome.Points.Length, outcome.Judged);
        Assert.True(outcome.Holds, $"{outcome.LargestFunctionDifference} {outcome.LargestRounding}");
        Assert.Equal(outcome.Description.Updates, outcome.Points[^1].Update);
        Assert.InRange(outcome.LargestDirectionDifference, 0, outcome.Description.Tolerance);
        Assert.InRange(outcome.LargestLossDifference, 0, outcome.Description.Tolerance);
        Assert.Equal(0, outcome.LargestAccuracyDifference);
    }
}
