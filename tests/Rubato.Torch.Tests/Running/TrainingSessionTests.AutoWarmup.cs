using System.Text.Json;
using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Warming => _scratch.Small with
    {
        Data = "glyphs(train 1000)",
        Network = "mlp(32)",
        LearningRate = Rate.Parse("autowarmup"),
        Batch = 40,
        Epochs = 10,
    };

    // Where the minimum is, recorded losses say.
    [Fact]
    public void Run_AutoWarmup_LearnsWithTheRateThatItFound()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Warming, listener, time: new TickingTime());
        var found = listener.AutoWarmup!;
        var steps = listener.Steps;
        Assert.Equal((RunStatus.Completed, 250L), (summary.Status, summary.Updates));
        Assert.InRange(summary.TestAccuracy, 0.15, 1);
        Assert.Contains(found.Reason, Reasons);
        Assert.Equal(1, found.Scale);
        Assert.InRange(found.Step, 20, 125);
        Assert.InRange(found.LearningRate, 1e-5, 1);
        Assert.InRange(found.BestStep ?? 1, 1, found.Step);
        Assert.True(found.Reason != AutoWarmupReason.Minimum || found is { Verdicts: 5, Probability: > 0.95, BestStep: not null });

        // The clock is read before and after each observation, and moves by a second.
        Assert.Equal(found.Step, found.TestSeconds);
        Assert.True(found.TestSeconds < found.Seconds && found.Seconds <= summary.Seconds);

        // Up to the decision the rate rises, and the cooldown begins at the rate that was found.
        Assert.Equal(1e-5, steps[0].LearningRate);
        Assert.All(steps.Take((int)found.Step).Zip(steps.Skip(1).Take((int)found.Step - 1)), pair => Assert.True(pair.First.LearningRate < pair.Second.LearningRate));
        Assert.Equal(found.LearningRate, steps[(int)found.Step].LearningRate);
        Assert.True(steps[^1].LearningRate < 0.01 * found.LearningRate);

        Assert.Equal(new PhaseRecord(RunPhase.WarmUp, null), listener.Phases[0]);
        Assert.Equal(found.Tests + 1, listener.Phases.Count);
        Assert.Equal(new PhaseRecord(RunPhase.Cooldown, null), listener.Phases[^1]);
        Assert.Equal(found, SummaryFile.Read(Path.Combine(listener.Description!.Folder!, "summary.json")).AutoWarmup);
        var line = Assert.Single(_scratch.Lines(listener.Description, "events.jsonl"));
        Assert.StartsWith($$"""{"step":{{found.Step}},"samples":{{found.Samples}},"kind":"autowarmup","scale":1,""", line, StringComparison.Ordinal);
        var reason = found.Reason == AutoWarmupReason.Minimum ? "minimum" : "end-of-warm-up";
        Assert.EndsWith($$""","learning_rate":{{JsonSerializer.Serialize(found.LearningRate)}},"reason":"{{reason}}"}""", line, StringComparison.Ordinal);
    }

    // How the search ends where no guard goes back and no loss is lost.
    private static readonly AutoWarmupReason[] Reasons = [AutoWarmupReason.Minimum, AutoWarmupReason.EndOfWarmup];

    [Fact]
    public void Run_AutoWarmupAsPublished_TestsOnceAnEpoch()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(
            Warming with
            {
                Network = "mlp(32, norm batch)",
                LearningRate = Rate.Parse("autowarmup(paper, max-lr 10) then constant(1, 0.1dur) then cosine(1 -> 0)"),
                Epochs = 20,
            },
            listener);
        var found = listener.AutoWarmup!;
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.Contains(found.Reason, Reasons);

        // The end of the warm-up needs no test.
        Assert.Equal(25 * (found.Tests + (found.Reason == AutoWarmupReason.Minimum ? 0 : 1)), found.Step);
        Assert.Equal(40 * found.Step, found.Samples);
        Assert.Equal(found.LearningRate, listener.Steps[(int)found.Step + 49].LearningRate);
        Assert.InRange(summary.TestAccuracy, 0.15, 1);
    }

    [Fact]
    public void Run_AutoWarmupFromItsOwnConfiguration_TheSameRun()
    {
        var (first, second) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Warming with
        {
            LearningRate = Rate.Parse("autowarmup(patience 2, max-lr 10) then 1 then cosine(1 -> 0, 0.3dur)"),
            Groups = ParameterGroups.Parse("*.bias(lr 2 * base)"),
            Batch = Batch.Parse("multi-step(20, gamma 2, at 100ba)"),
            Epochs = null,
            Length = Duration.Parse("8000sp"),
        };
        _scratch.Run(settings, first);
        Assert.Contains($"lr: \"{settings.LearningRate}\"", _scratch.Lines(first.Description!, "config.yaml"));
        _scratch.Run(settings, second);
        Assert.NotNull(first.AutoWarmup);
        Assert.Equal(first.AutoWarmup with { Seconds = 0, TestSeconds = 0 }, second.AutoWarmup! with { Seconds = 0, TestSeconds = 0 });
        Assert.Equal(first.Steps.Select(step => step with { Seconds = 0 }), second.Steps.Select(step => step with { Seconds = 0 }));
    }

    [Fact]
    public void Run_RateOfTheWarmupThatDestroys_DivergesAlone_AndComesBackUnderAGuard()
    {
        var settings = Warming with { LearningRate = Rate.Parse("autowarmup(max-lr 1e30, max-warmup-fraction 0.2)") };
        var alone = _scratch.Run(settings);
        var listener = new Scratch.Silent();
        var guarded = _scratch.Run(settings with { Guard = true }, listener);
        Assert.Equal(RunStatus.Diverged, alone.Status);
        Assert.Null(alone.AutoWarmup);
        Assert.Equal(RunStatus.Completed, guarded.Status);
        Assert.True(listener.AutoWarmup!.Reason is AutoWarmupReason.NonFinite or AutoWarmupReason.RolledBack);
        Assert.Equal(Math.Pow(10, -listener.Events.Count(seen => seen.Step <= listener.AutoWarmup.Step) / 2.0), listener.AutoWarmup.Scale, 1e-12);
        Assert.Equal(guarded.Rollbacks, listener.Events.Count);
        Assert.InRange(guarded.TestAccuracy, 0.15, 1);
    }

    [Fact]
    public void Run_AutoWarmupWithoutRoom_OneSentence() => Assert.StartsWith(
        "LearningRate is 'autowarmup(max-warmup-fraction 0.001)': MaxWarmupFraction is 0.001",
        Assert.Throws<InvalidInputException>(() => _scratch.Run(Warming with { LearningRate = Rate.Parse("autowarmup(max-warmup-fraction 0.001)") })).Message,
        StringComparison.Ordinal);
}
