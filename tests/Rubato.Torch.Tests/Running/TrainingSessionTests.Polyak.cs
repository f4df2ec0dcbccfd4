using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Polyak => _scratch.Small with
    {
        Data = "glyphs(train 1000)",
        Network = "mlp(32)",
        LearningRate = Rate.Polyak(),
        Momentum = Schedule.Parse("0"),
        WeightDecay = Schedule.Parse("0"),
        Batch = 40,
        Epochs = 3,
    };

    // Of SGD without momentum and decay the descent is the squared norm, which is recorded: so the record says each rate.
    [Theory]
    [InlineData("polyak", null, 1.0)]
    [InlineData("polyak(0.5)", 10, 0.5)]
    [InlineData("polyak(0.7) * cosine(1 -> 0)", null, 0.7)]
    public void Run_Polyak_EachRateIsThatOfLossesAndGradientsBefore(string rate, int? micro, double multiple)
    {
        var listener = new Scratch.Silent();
        var settings = Polyak with { LearningRate = Rate.Parse(rate), MicroBatch = micro, LabelSmoothing = micro is null ? 0 : 0.1, Guard = false };
        var summary = _scratch.RunIn(ScalarType.Float64, settings, listener);

        var shape = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(3),
            SamplesPerEpoch = 1000,
            BatchSize = 40,
            LearningRate = Rate.Parse(rate).PlanRate(Duration.Epochs(3), 3),
        });
        var (losses, descents, step) = (0.0, 0.0, 0.05);
        foreach (var seen in listener.Steps)
        {
            var expected = multiple * step * shape.At(seen.Samples - seen.BatchSize).LearningRate;
            Assert.Equal(expected, seen.LearningRate, 1e-9 * expected);
            (losses, descents) = ((0.9 * losses) + seen.Loss, (0.9 * descents) + (seen.GradientNorm * seen.GradientNorm));
            step = Math.Min(losses / descents, 2 * step);
        }

        Assert.Equal((RunStatus.Completed, 75L), (summary.Status, summary.Updates));
        Assert.Equal(listener.Steps.Max(seen => seen.LearningRate), summary.PeakLearningRate);
    }

    [Fact]
    public void Run_PolyakFromItsOwnConfiguration_TheSameRunUnderAGuardUnlessItIsOff()
    {
        var (first, second) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.Run(Polyak, first);
        var lines = _scratch.Lines(first.Description!, "config.yaml");
        Assert.Contains("lr: polyak", lines);
        Assert.Contains("guard: \"on\"", lines);
        Assert.Contains("warmup: 0.2", lines);
        _scratch.Run(Polyak with { Guard = true, Warmup = 0.2 }, second);
        Assert.Equal(first.Steps.Select(seen => seen with { Seconds = 0 }), second.Steps.Select(seen => seen with { Seconds = 0 }));
    }

    [Theory]
    [InlineData("adamw", "mlp(32, norm batch)", "20")]
    [InlineData("sgd", "mlp(32)", "adaptive(20, ratio 1.5, measurements 5)")]
    [InlineData("lamb", "mlp(32)", "constant(20, 2ep) then 40")]
    public void Run_PolyakWithEverythingElse_Learns(string optimizer, string network, string batch)
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(
            Polyak with
            {
                Optimizer = optimizer,
                Network = network,
                Batch = Batch.Parse(batch),
                MicroBatch = 10,
                GhostBatch = network.Contains("norm", StringComparison.Ordinal) ? 5 : null,
                MeasureNoise = 2,
                WeightDecay = Schedule.Parse("1e-3"),
                Groups = ParameterGroups.Parse("*.bias(lr 0.5 * base)"),
                LearningRate = Rate.Polyak(0.5),
                LabelSmoothing = 0.1,
                Epochs = 4,
            },
            listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.InRange(summary.TestAccuracy, 0.3, 1);
        Assert.InRange(listener.Steps.Select(seen => seen.LearningRate).Distinct().Count(), 50, int.MaxValue);
    }

    // The guard's scale lies on the rate that loss and gradient say, and is not taken back by it.
    [Fact]
    public void Run_PolyakPastTheCliff_TheGuardGoesBackAndTheRunEnds()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Polyak with { LearningRate = Rate.Polyak(30), Epochs = 6 }, listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.InRange(summary.Rollbacks, 1, 12);
        Assert.Contains(listener.Events, seen => seen.Kind == EventKind.Rollback);
        Assert.All(listener.Steps, seen => Assert.True(double.IsFinite(seen.LearningRate)));
    }
}
