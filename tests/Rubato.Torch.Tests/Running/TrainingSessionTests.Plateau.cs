using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    // The loss of a mean over 5 updates falls for a while at most; a threshold of 0.99 lets nothing pass for better than the first.
    private TrainSettings Reducing => _scratch.Small with
    {
        Data = "glyphs(train 1000)",
        Network = "mlp(32)",
        LearningRate = Rate.Parse("linear(0.01 -> 0.1, 1ep) then plateau(0.1, factor 0.5, patience 1, threshold 0.99, every 5ba, min-lr 0.02)"),
        Batch = 40,
        Epochs = 4,
    };

    [Fact]
    public void Run_Plateau_ReducesAfterTheWarmupAndTellsOfEach()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Reducing, listener);
        var rates = listener.Steps.Select(step => step.LearningRate).ToList();
        Assert.Equal((RunStatus.Completed, 100L, 0), (summary.Status, summary.Updates, summary.Rollbacks));
        Assert.Equal(0.01, rates[0]);

        // The warm-up has 25 updates; one mean is the best, two are bad, and from then on two are bad again.
        Assert.All(rates[25..40], rate => Assert.Equal(0.1, rate));
        Assert.All(rates[40..50], rate => Assert.Equal(0.05, rate));
        Assert.All(rates[50..60], rate => Assert.Equal(0.025, rate));
        Assert.All(rates[60..], rate => Assert.Equal(0.02, rate));
        Assert.Equal(
            [(40L, 0.05, 0.5), (50L, 0.025, 0.25), (60L, 0.02, 0.125)],
            listener.Events.Select(seen => (seen.Step, seen.LearningRate.GetValueOrDefault(), seen.Scale)));
        Assert.Equal(listener.Steps[35..40].Average(step => step.Loss), listener.Events[0].Loss, 1e-12);
        var lines = _scratch.Lines(listener.Description!, "events.jsonl");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"step":40,"samples":1600,"kind":"plateau","scale":0.5,"loss":""", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",\"learning_rate\":0.05}", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PlateauFromItsOwnConfiguration_TheSameRunAlsoUnderAGuard()
    {
        var (first, second) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.Run(Reducing, first);
        Assert.Contains($"lr: \"{Reducing.LearningRate}\"", _scratch.Lines(first.Description!, "config.yaml"));
        _scratch.Run(Reducing with { Guard = true }, second);
        Assert.Equal(first.Events.Select(seen => seen with { Seconds = 0 }), second.Events.Select(seen => seen with { Seconds = 0 }));
        Assert.Equal(first.Steps.Select(step => step with { Seconds = 0 }), second.Steps.Select(step => step with { Seconds = 0 }));
    }

    [Fact]
    public void Run_PlateauWhoseWarmupOutlastsTheRun_OneSentence() => Assert.StartsWith(
        "LearningRate is 'linear(0 -> 0.1, 2ep) then plateau(0.1)': what stands before the plateau lasts 2ep, but the budget",
        Assert.Throws<InvalidInputException>(() => _scratch.Run(Reducing with { LearningRate = Rate.Parse("linear(0 -> 0.1, 2ep) then plateau(0.1)"), Epochs = 1 })).Message,
        StringComparison.Ordinal);
}
