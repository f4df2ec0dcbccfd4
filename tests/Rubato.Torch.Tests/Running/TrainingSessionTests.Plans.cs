using Rubato.Cli.Settings;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    /// <summary>Rate, batch, momentum, decay, length.</summary>
    public static TheoryData<string, string, string, string, string> Plans => new()
    {
        { "0.1", "45", "0.9", "5e-4", "2ep" },
        { "step(0.1, gamma 0.5, every 0.5ep)", "45", "linear(0.5 -> 0.95)", "step(1e-3, gamma 0.1, every 1ep)", "2ep" },
        { "warmup(cosine(0.1 -> 0), 0.1dur)", "multi-step(20, gamma 3, at 0.7ep)", "0.9", "0", "2ep" },
        { "linear(0 -> 0.1, 3ba) then exponential(0.1 -> 0.001)", "20", "0.9", "5e-4", "12ba" },
        { "one-cycle(0.1)", "30", "one-cycle-momentum(0.85..0.95)", "0", "400sp" },
        { "triangular(0.01..0.1, step 3ba)", "40", "0.9", "0", "2.5ep" },
        { "sgdr(0.1 -> 0, first 0.5ep, mult 2)", "45", "0.9", "0", "1.5ep" },
        { "wsd(0.1, warmup 2ba, decay 3ba)", "25", "0.9", "0", "1ep" },
        { "table(0ep: 0.1, 1ep: 0.05, interpolate linear)", "linear(10 -> 60)", "0.9", "0", "2ep" },
        { "0.05 * polynomial(1 -> 0, power 2) + 0.001", "clamp(exponential(4 -> 128), 8..64)", "0", "0", "1ep" },
        { "repeat(linear(0.1 -> 0.01, 100sp))", "500", "0.9", "0", "5ep" },
        { "staged(0.25dur: 0.02, 0.75dur: cosine(0.1 -> 0))", "repeat(constant(10, 40sp) then constant(30, 60sp))", "0.9", "0", "2ep" },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Run_AnyPlan_EachUpdateIsThePlans(string rate, string batch, string momentum, string decay, string length)
    {
        foreach (var tail in (EpochTail[])[EpochTail.Carry, EpochTail.Cut])
        {
            var settings = Planned(length) with { LearningRate = Rate.Parse(rate), Batch = Batch.Parse(batch), Momentum = Schedule.Parse(momentum), WeightDecay = Schedule.Parse(decay), Tail = tail };
            var plan = new TrainingPlan(UsualSettings.Plan(settings, samplesPerEpoch: 200));
            var listener = new Scratch.Silent();
            Assert.Equal(RunStatus.Completed, _scratch.Run(settings, listener).Status);
            var steps = StepLog.Read(Path.Combine(listener.Description!.Folder!, "steps.jsonl")).Records;
            Assert.Equal(
                plan.EnumerateUpdates().Select(update => (update.Step, update.End, update.HyperParameters)),
                steps.Select(step => (step.Step, step.Samples, new HyperParameters(step.LearningRate, step.BatchSize, step.Momentum, step.WeightDecay))));
            Assert.Equal(listener.Description.Updates, steps.Length);
        }
    }

    [Fact]
    public void Run_BatchesCut_EndWithTheEpochAndTakeTheSameOrder()
    {
        var (carried, cut) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.Run(_scratch.Small, carried);
        _scratch.Run(_scratch.Small with { Tail = EpochTail.Cut }, cut);
        Assert.Equal([45, 45, 45, 45, 20, 45, 45, 45, 45, 20], cut.Steps.Select(step => step.BatchSize));
        Assert.Equal([1.0, 2.0], cut.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([200, 400], cut.Epochs.Select(epoch => epoch.Samples));
        Assert.Equal([1.0, 2.0], carried.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([225, 405], carried.Epochs.Select(epoch => epoch.Samples));
        Assert.Equal(carried.Steps[0].Loss, cut.Steps[0].Loss);
        Assert.NotEqual(carried.Steps[4].Loss, cut.Steps[4].Loss);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Run_BatchGrowsWithinAnEpoch_NoUpdateIsLost(int? microBatch)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Planned("1.5ep") with { Batch = Batch.Parse("multi-step(20, gamma 3, at 0.5ep)"), MicroBatch = microBatch }, listener);
        Assert.Equal([20, 20, 20, 20, 20, 60, 60, 60], listener.Steps.Select(step => step.BatchSize));
        Assert.Equal([20, 40, 60, 80, 100, 160, 220, 280], listener.Steps.Select(step => step.Samples));
        Assert.Equal([(1.0, 220L), (1.5, 280L)], listener.Epochs.Select(epoch => (epoch.Epoch, epoch.Samples)));
        Assert.Equal(1.1, listener.Steps[6].Epoch, 1e-12);
    }

    [Fact]
    public void Run_BatchSizeByBatches_ChangesAfterThatMany()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Planned("8ba") with { Batch = Batch.Parse("table(0ba: 10, 3ba: 40, 6ba: 25)"), LearningRate = Rate.Parse("multi-step(0.1, gamma 0.5, at 4ba)") }, listener);
        Assert.Equal([10, 10, 10, 40, 40, 40, 25, 25], listener.Steps.Select(step => step.BatchSize));
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05], listener.Steps.Select(step => step.LearningRate));
    }

    [Fact]
    public void Run_BatchesThatGrow_AreTheSameInMicroBatches()
    {
        var (whole, parts) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Planned("2ep") with { Batch = Batch.Parse("linear(10 -> 90)") };
        _scratch.RunIn(ScalarType.Float64, settings, whole);
        _scratch.RunIn(ScalarType.Float64, settings with { MicroBatch = 16 }, parts);
        AssertSameLosses(whole, parts);
    }

    [Fact]
    public void Run_BatchLargerThanTheSet_OneRowForSeveralEnds()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Planned("5ep") with { Batch = 500 }, listener);
        Assert.Equal((2, 1000), (summary.Updates, summary.Samples));
        Assert.Equal([(2.0, 500L), (5.0, 1000L)], listener.Epochs.Select(epoch => (epoch.Epoch, epoch.Samples)));
    }

    [Theory]
    [InlineData("3ba", "0.675", 3)]
    [InlineData("2.5ep", "1 2 2.5", 11)]
    [InlineData("1ep", "1", 4)]
    [InlineData("225sp", "1.125", 5)]
    public void Run_EndWhereverItLies_IsEvaluated(string length, string epochs, long updates)
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Planned(length), listener);
        Assert.Equal(updates, summary.Updates);
        Assert.Equal(epochs, string.Join(' ', listener.Epochs.Select(epoch => epoch.Epoch)));
        Assert.Equal(updates, listener.Epochs[^1].Step);
        Assert.Equal(summary.TestAccuracy, listener.Epochs[^1].TestAccuracy);
        Assert.False(double.IsNaN(summary.TestLoss));
    }

    [Fact]
    public void Run_GroupOfBiases_OnlyTheyTakeItsValues()
    {
        // One update, so that the gradients are the same: w - r (g + d w).
        var settings = Planned("1ba") with { LearningRate = Rate.Parse("constant(0.5, 1ep)"), Momentum = Schedule.Parse("0"), WeightDecay = Schedule.Parse("0.1") };
        var initial = WeightsAfter(settings with { Groups = ParameterGroups.Parse("*(lr 0)") });
        var usual = WeightsAfter(settings);
        var grouped = WeightsAfter(settings with { Groups = ParameterGroups.Parse("*.bias(weight-decay 0, lr 2 * base)") });
        Assert.Equal(4, initial.Count);
        foreach (var (name, values) in initial)
        {
            var expected = name.EndsWith(".bias", StringComparison.Ordinal)
                ? values.Zip(usual[name], (before, after) => before - (2 * (before - after - (0.5 * 0.1 * before))))
                : usual[name];
            Assert.All(expected.Zip(grouped[name]), pair => Assert.Equal(pair.First, pair.Second, Rounding));
            Assert.NotEqual(values, usual[name]);
        }
    }

    [Fact]
    public void Run_GroupsInTheirOrder_FirstMatchWins()
    {
        var settings = Planned("3ba") with { Groups = ParameterGroups.Parse("1.bias(lr 0); *.bias(lr base); 3.*(lr 0)") };
        var initial = WeightsAfter(settings with { Groups = ParameterGroups.Parse("*(lr 0)") });
        var after = WeightsAfter(settings);
        Assert.Equal(["1.bias", "3.weight"], initial.Keys.Where(name => initial[name].SequenceEqual(after[name])).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fc.*(lr 0)", "Groups: 'fc.*' matches no parameter of the network; they are 1.weight, 1.bias, 3.weight, 3.bias, and * stands for anything.")]
    [InlineData("*(lr 0); 1.bias(lr 0)", "Groups: '1.bias' takes no parameter, because '*' stands before it and takes '1.bias'; put the narrower pattern first.")]
    public void Run_GroupWithoutParameters_SaysSoBeforeAnythingIsWritten(string groups, string message)
    {
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => _scratch.Run(_scratch.Small with { Groups = ParameterGroups.Parse(groups) })).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder!));
    }

    [Fact]
    public void Run_PlanThatDoesNotFitTheData_AllFindingsBeforeAnythingIsWritten()
    {
        var settings = _scratch.Small with { LearningRate = Rate.Parse("linear(-1 -> 1, 1ep)"), Momentum = Schedule.Parse("step(2, gamma 0.5, every 1ep)") };
        Assert.Equal(
            [
                "LearningRate is 'linear(-1 -> 1, 1ep)'; it is -1 at sample 0, but must be a finite number of at least 0.",
                "Momentum is 'step(2, gamma 0.5, every 1ep)'; it is 2 at sample 0, but must be at least 0 and below 1.",
            ],
            Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message.Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder!));
    }

    private TrainSettings Planned(string length) => _scratch.Small with { Epochs = null, Length = Duration.Parse(length) };

    private Dictionary<string, double[]> WeightsAfter(TrainSettings settings)
    {
        var listener = new Scratch.Silent();
        _scratch.RunIn(ScalarType.Float64, settings, listener);
        return _scratch.Weights(listener.Description!);
    }
}
