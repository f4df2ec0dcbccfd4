using System.Text.Json;
using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    [Theory]
    [InlineData("sgd", "5")]
    [InlineData("adamw", "0.1")]
    public void Run_RateAHundredTimesTooHigh_LearnsMoreUnderAGuard(string optimizer, string rate)
    {
        var settings = _scratch.Small with
        {
            Data = "glyphs(train 1000)",
            Network = "mlp(32)",
            Optimizer = optimizer,
            LearningRate = Rate.Parse(rate),
            Batch = 32,
            Epochs = 5,
        };
        long[] seeds = [0, 1, 2];
        var without = seeds.Select(seed => _scratch.Run(settings with { Seed = seed })).ToList();
        var with = seeds.Select(seed => _scratch.Run(settings with { Seed = seed, Guard = true })).ToList();
        Assert.All(with, summary => Assert.Equal((RunStatus.Completed, 156), (summary.Status, summary.Updates)));
        Assert.All(with, summary => Assert.InRange(summary.Rollbacks, 0, 12));
        Assert.Contains(with, summary => summary.Rollbacks > 0);

        // By guessing 0.1. When the guard goes back is the matter of recorded losses; at such a rate a last bit decides how a training of now goes.
        Assert.InRange(with.Average(summary => summary.TestAccuracy), 0.15, 1);
        Assert.True(with.Average(summary => summary.TestAccuracy) > without.Average(Learned));

        static double Learned(RunSummary summary) => summary.Status == RunStatus.Diverged ? 0 : summary.TestAccuracy;
    }

    [Fact]
    public void Run_GuardThatGoesBack_EveryTimeStandsInTheFolder()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { LearningRate = Rate.Parse("1e3"), Warmup = 0, Guard = true }, listener);
        var folder = listener.Description!.Folder!;
        var guard = new LossGuard(9);
        double[] cuts = [guard.Cut, guard.StuckCut, guard.DeadCut];
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.NotEmpty(listener.Events);
        Assert.Equal(listener.Events.Count, summary.Rollbacks);
        Assert.Equal(summary.Rollbacks, SummaryFile.Read(Path.Combine(folder, "summary.json")).Rollbacks);
        Assert.Equal(listener.Events.Select(Line), _scratch.Lines(listener.Description, "events.jsonl").Select(line => line.Split(",\"loss\"")[0]));
        Assert.All(listener.Events.Zip([1, .. listener.Events.Select(seen => seen.Scale)]), pair => Assert.Contains(cuts, cut => Math.Abs((pair.First.Scale / pair.Second) - cut) < 1e-12));
        Assert.All(listener.Events, seen => Assert.Equal(EventKind.Rollback, seen.Kind));
        Assert.All(listener.Steps, step => Assert.InRange(step.LearningRate, 0, 1e3 * ScaleAt(step.Step) * (1 + 1e-12)));
        Assert.Equal(Enumerable.Range(1, 9).Select(step => (long)step), StepLog.Read(Path.Combine(folder, "steps.jsonl")).Records.Select(step => step.Step));

        // Of the last rollback before an update.
        double ScaleAt(long step) => listener.Events.Where(seen => seen.Step < step).Select(seen => seen.Scale).LastOrDefault(1);

        static string Line(EventRecord seen) =>
            $$"""{"step":{{seen.Step}},"samples":{{seen.Samples}},"kind":"rollback","scale":{{JsonSerializer.Serialize(seen.Scale)}}""";
    }

    [Fact]
    public void Run_GuardThatNeverHelps_EndsAsDivergedAfterTwelveRollbacks()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { LearningRate = Rate.Parse("1e30"), Warmup = 0, Epochs = 20, Guard = true }, listener);
        Assert.Equal((RunStatus.Diverged, 12), (summary.Status, summary.Rollbacks));
        Assert.Equal(12, listener.Events.Count);
        Assert.False(double.IsFinite(listener.Steps[^1].Loss));
        Assert.Equal(summary.Updates + 1, listener.Steps.Count);
        var text = File.ReadAllText(Path.Combine(listener.Description!.Folder!, "summary.json"));
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GuardThatNeverGoesBack_ChangesNothing()
    {
        var (without, with) = (new Scratch.Silent(), new Scratch.Silent());
        var plain = _scratch.Run(_scratch.Small, without);
        var guarded = _scratch.Run(_scratch.Small with { Guard = true }, with);
        Assert.Equal(plain.TestLoss, guarded.TestLoss);
        Assert.Equal(without.Steps.Select(step => step with { Seconds = 0 }), with.Steps.Select(step => step with { Seconds = 0 }));
        Assert.Empty(with.Events);
        Assert.False(File.Exists(Path.Combine(with.Description!.Folder!, "events.jsonl")));
    }
}
