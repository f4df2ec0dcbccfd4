using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch.Tests.RangeTests;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Found => _scratch.Small with
    {
        Data = "glyphs(train 1000, test 100)",
        Network = "mlp(32, norm batch, dropout 0.1)",
        LearningRate = Rate.Parse("one-cycle"),
        Batch = 50,
        Epochs = 2,
    };

    [Theory]
    [InlineData("one-cycle", "sgd", "one-cycle-momentum(0.85..0.95)", "lr: one-cycle")]
    [InlineData("one-cycle", "adam", "one-cycle-momentum(0.85..0.95)", "lr: one-cycle")]
    [InlineData("one-cycle", "rmsprop", "0", "lr: one-cycle")]
    [InlineData("one-cycle", "adagrad", null, "lr: one-cycle")]
    [InlineData("clr", "nesterov", "0.9", "lr: clr")]
    [InlineData("clr(exp-range, cycles 2)", "sgd", "0.9", "lr: \"clr(exp-range, cycles 2)\"")]
    public void Run_BoundsFound_TheSameToTheBitAsTheScheduleThatWasFound(string rate, string optimizer, string? momentum, string line)
    {
        var (found, given) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Found with { LearningRate = Rate.Parse(rate), Optimizer = optimizer, Groups = ParameterGroups.Parse("*.bias(lr 2 * base)"), Augment = "crop(1)" };
        var summary = _scratch.Run(settings, found);
        var test = found.RangeTest!;
        var explicitly = _scratch.Run(settings with { LearningRate = Rate.Parse(test.Schedule!), Momentum = momentum is null ? null : Schedule.Parse(momentum) }, given);
        Assert.Equal((RunStatus.Completed, 40), (summary.Status, summary.Updates));
        Assert.Equal(given.Steps.Select(step => step with { Seconds = 0 }), found.Steps.Select(step => step with { Seconds = 0 }));
        Assert.Equal(Bytes(given), Bytes(found));
        Assert.Equal(test, summary.RangeTest);
        Assert.Equal(test, SummaryFile.Read(Path.Combine(found.Description!.Folder!, "summary.json")).RangeTest);
        Assert.Null(explicitly.RangeTest);
        Assert.Equal((50L, null), (test.BatchSize, test.Reason));
        Assert.InRange(test.Updates, 10, 100);
        Assert.Equal(Enumerable.Range(1, (int)test.Updates).Select(update => (long)update), found.RangeUpdates.Select(update => update.Iteration));
        Assert.Equal(1 + test.Updates, _scratch.Lines(found.Description, "range-test.csv").Length);
        Assert.InRange(test.MaxLr!.Value, test.BaseLr!.Value, 50);
        Assert.Contains(line, _scratch.Lines(found.Description, "config.yaml"));
        Assert.Contains("guard: \"off\"", _scratch.Lines(found.Description, "config.yaml"));
    }

    [Fact]
    public void Run_OneCycle_ItsTestIsTheOneOfFind()
    {
        var listener = new Scratch.Silent();
        var settings = Found with { Seed = 3 };
        _scratch.Run(settings, listener);
        var alone = Sessions.Find(new FindSettings { Training = settings with { LearningRate = null } }, new ToldOfSweeps(), TimeProvider.System, TestContext.Current.CancellationToken).Outcome;
        Assert.Equal(alone.Variants.Single().Suggestion.Range!.Value.MaxLr, listener.RangeTest!.MaxLr);
        Assert.Equal(alone.Variants.Single().Runs.Single().Points.Select(point => point.LearningRate), listener.RangeUpdates.Select(update => update.LearningRate));
    }

    [Fact]
    public void Run_OneCycle_ItsMomentumStandsInTheConfiguration()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Found, listener);
        Assert.Contains("momentum: \"one-cycle-momentum(0.85..0.95)\"", _scratch.Lines(listener.Description!, "config.yaml"));
    }

    [Fact]
    public void Run_BoundsFoundUnderTheGuard_GuardedAsAsked()
    {
        var listener = new Scratch.Silent();
        Assert.Equal(RunStatus.Completed, _scratch.Run(Found with { Guard = true }, listener).Status);
        Assert.Contains("guard: \"on\"", _scratch.Lines(listener.Description!, "config.yaml"));
    }

    [Fact]
    public void Run_RangeTestWithoutAClearAnswer_FailsWithTheReason()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Found with { Groups = ParameterGroups.Parse("*(lr 0)") }, listener);
        Assert.Equal((RunStatus.Failed, 0L), (summary.Status, summary.Updates));
        Assert.Equal((null, null, null), (summary.RangeTest!.BaseLr, summary.RangeTest.MaxLr, summary.RangeTest.Schedule));
        Assert.StartsWith("the loss ", summary.RangeTest.Reason, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, SummaryFile.Read(Path.Combine(listener.Description!.Folder!, "summary.json")).Status);
    }

    [Fact]
    public void Run_InterruptedInTheRangeTest_CompleteFolderAndNoUpdate()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Found, listener, cancellation.Token);
        Assert.Equal((RunStatus.Interrupted, 0L, null), (summary.Status, summary.Updates, summary.RangeTest));
        Assert.Null(listener.RangeTest);
        Assert.True(File.Exists(Path.Combine(listener.Description!.Folder!, "model.safetensors")));
    }

    [Fact]
    public void Run_InterruptedInMidRangeTest_ItsCurveIsKeptAndTheNetworkIsAsItWas()
    {
        using var before = new CancellationTokenSource();
        before.Cancel();
        var (untouched, listener) = (new Scratch.Silent(), new StopsInRangeTest(update: 12));
        _scratch.Run(Found, untouched, before.Token);
        var summary = _scratch.Run(Found, listener, listener.Token);
        Assert.Equal((RunStatus.Interrupted, 0L, null), (summary.Status, summary.Updates, summary.RangeTest));
        Assert.Equal(13, _scratch.Lines(listener.Description!, "range-test.csv").Length);
        Assert.Equal(Bytes(untouched), Bytes(listener));
    }

    [Fact]
    public void Run_BoundsToBeFoundWithTooFewSamples_OneSentenceBeforeAnythingIsWritten()
    {
        var exception = Assert.Throws<InvalidInputException>(() => _scratch.Run(Found with { Batch = 1000 }));
        Assert.Equal(
            "batch is 1000, but the training set of glyphs(train 1000, test 100) has 1000 samples, of which the range test holds out 100 to measure the accuracy; write at most --batch 900.",
            exception.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder!));
    }

    private static byte[] Bytes(Scratch.Silent run) => File.ReadAllBytes(Path.Combine(run.Description!.Folder!, "model.safetensors"));

    private sealed class StopsInRangeTest(long update) : Scratch.Silent
    {
        private readonly CancellationTokenSource _source = new();

        internal CancellationToken Token => _source.Token;

        public override void OnEvent(TrainingEvent happened)
        {
            base.OnEvent(happened);
            if (happened is RangeUpdateRecord record && record.Iteration == update)
            {
                _source.Cancel();
            }
        }
    }
}
