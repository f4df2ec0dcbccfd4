using System.Text.Json;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Training.Tests;

public sealed partial class TrainingSessionTests
{
    [Theory]
    [InlineData("sgd", "5")]
    [InlineData("adamw", "0.1")]
    public void Run_RateAHundredTimesTooHigh_LearnsUnderAGuardOnly(string optimizer, string rate)
    {
        var settings = _scratch.Small with
        {
            Data = "glyphs(train: 1000)",
            Network = "mlp(32)",
            Optimizer = optimizer,
            LearningRate = rate,
            Batch = "32",
            Epochs = 5,
        };
        long[] seeds = [0, 1, 2];
        var without = seeds.Select(seed => _scratch.Run(settings with { Seed = seed })).ToList();
        var with = seeds.Select(seed => _scratch.Run(settings with { Seed = seed, Guard = "on" })).ToList();
        Assert.All(without, summary => Assert.True(summary is { Status: "diverged" } or { TestAccuracy: < 0.2 }));
        Assert.All(with, summary => Assert.Equal(("completed", 156), (summary.Status, summary.Updates)));
        Assert.All(with, summary => Assert.InRange(summary.Rollbacks, 1, 7));
        Assert.InRange(with.Average(summary => summary.TestAccuracy), 0.27, 1);
    }

    [Fact]
    public void Run_GuardThatGoesBack_EveryTimeStandsInTheFolder()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { LearningRate = "1e3", Warmup = 0, Guard = "on" }, listener);
        var folder = listener.Description!.Folder;
        Assert.Equal("completed", summary.Status);
        Assert.NotEmpty(listener.Events);
        Assert.Equal(listener.Events.Count, summary.Rollbacks);
        Assert.Equal(summary.Rollbacks, SummaryFile.Read(Path.Combine(folder, "summary.json")).Rollbacks);
        Assert.Equal(listener.Events.Select(Line), _scratch.Lines(listener.Description, "events.jsonl").Select(line => line.Split(",\"loss\"")[0]));
        Assert.Equal(Enumerable.Range(1, summary.Rollbacks).Select(n => Math.Pow(10, -n / 2.0)), listener.Events.Select(seen => seen.Scale), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(listener.Events, seen => Assert.Equal("rollback", seen.Kind));
        Assert.Equal(Enumerable.Range(1, 9).Select(step => (long)step), StepLog.Read(Path.Combine(folder, "steps.jsonl")).Records.Select(step => step.Step));

        static string Line(EventRecord seen) =>
            $$"""{"step":{{seen.Step}},"samples":{{seen.Samples}},"kind":"rollback","scale":{{JsonSerializer.Serialize(seen.Scale)}}""";
    }

    [Fact]
    public void Run_GuardThatNeverHelps_EndsAsDivergedAfterTwelveRollbacks()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { LearningRate = "1e30", Warmup = 0, Epochs = 20, Guard = "on" }, listener);
        Assert.Equal(("diverged", 12), (summary.Status, summary.Rollbacks));
        Assert.Equal(12, listener.Events.Count);
        Assert.False(double.IsFinite(listener.Steps[^1].Loss));
        Assert.Equal(summary.Updates + 1, listener.Steps.Count);
    }

    [Fact]
    public void Run_GuardThatNeverGoesBack_ChangesNothing()
    {
        var (without, with) = (new Scratch.Silent(), new Scratch.Silent());
        var plain = _scratch.Run(_scratch.Small, without);
        var guarded = _scratch.Run(_scratch.Small with { Guard = "on" }, with);
        Assert.Equal(plain.TestLoss, guarded.TestLoss);
        Assert.Equal(without.Steps.Select(step => step with { Seconds = 0 }), with.Steps.Select(step => step with { Seconds = 0 }));
        Assert.Empty(with.Events);
        Assert.False(File.Exists(Path.Combine(with.Description!.Folder, "events.jsonl")));
    }
}
