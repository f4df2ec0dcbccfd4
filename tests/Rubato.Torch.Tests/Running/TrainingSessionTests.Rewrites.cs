using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    [Theory]
    [InlineData("grow-batch(max 60)", null, EpochTail.Carry)]
    [InlineData("grow-batch(max 60)", 4, EpochTail.Cut)]
    [InlineData("grow-batch(max 60, first 1)", 4, EpochTail.Carry)]
    [InlineData("scale-batch(2, max 60), grow-batch(max 60)", 3, EpochTail.Carry)]
    [InlineData("raise-momentum(0.95, max 40)", null, EpochTail.Cut)]
    public void Run_Rewritten_EachUpdateIsTheRewrittenPlans(string rewrite, int? micro, EpochTail tail)
    {
        var settings = Planned("3ep") with
        {
            LearningRate = Rate.Parse("multi-step(0.1, gamma 0.2, at 0.9ep 1.75ep)"),
            Batch = 10,
            MicroBatch = micro,
            Tail = tail,
            Rewrite = RewriteSequence.Parse(rewrite),
        };
        var planned = new TrainingPlan(UsualSettings.Plan(settings, samplesPerEpoch: 200));
        var plan = RewriteSequence.Parse(rewrite).WithMultiple(micro ?? 1).Apply(planned);
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(settings, listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        var steps = StepLog.Read(Path.Combine(listener.Description!.Folder!, "steps.jsonl")).Records;
        Assert.Equal(
            plan.EnumerateUpdates().Select(update => (update.Step, update.End, update.HyperParameters)),
            steps.Select(step => (step.Step, step.Samples, new HyperParameters(step.LearningRate, step.BatchSize, step.Momentum, step.WeightDecay))));
        Assert.Equal(plan.CountUpdates(), listener.Description.Updates);
        Assert.InRange(summary.Updates, 1, planned.CountUpdates() - 1);
        Assert.Equal([1.0, 2, 3], listener.Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Run_GrownInMidEpoch_TakesTheSamplesInTheSameOrder()
    {
        var (planned, grown) = (new Scratch.Silent(), new Scratch.Silent());

        // Weights that stand all but still: no loss of these moves by more than 1e-12.
        var settings = Planned("2ep") with { LearningRate = Rate.Parse("multi-step(1e-15, gamma 0.5, at 0.5ep)"), Batch = 10, Momentum = Schedule.Parse("0"), WeightDecay = Schedule.Parse("0") };
        _scratch.RunIn(ScalarType.Float64, settings, planned);
        _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = RewriteSequence.Parse("grow-batch(max 20)") }, grown);
        Assert.Equal((40, 10 + 15), (planned.Steps.Count, grown.Steps.Count));
        Assert.Equal(planned.Steps.Take(10).Select(step => step.Loss), grown.Steps.Take(10).Select(step => step.Loss));
        var pairs = planned.Steps.Skip(10).Chunk(2).Select(pair => (pair[0].Loss + pair[1].Loss) / 2);
        Assert.All(pairs.Zip(grown.Steps.Skip(10)), pair => Assert.Equal(pair.First, pair.Second.Loss, Rounding));
        Assert.All(grown.Steps.Skip(10), step => Assert.Equal((20, 1e-15), (step.BatchSize, step.LearningRate)));
    }

    [Fact]
    public void Run_GhostBatches_MicroBatchesChangeNothing()
    {
        var (whole, parts) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Planned("3ep") with
        {
            Network = "mlp(16, norm batch)",
            LearningRate = Rate.Parse("multi-step(0.02, gamma 0.5, at 1ep)"),
            Batch = 20,
            Rewrite = RewriteSequence.Parse("grow-batch(max 40)"),
            GhostBatch = 10,
        };
        _scratch.RunIn(ScalarType.Float64, settings, whole);
        _scratch.RunIn(ScalarType.Float64, settings with { MicroBatch = 10 }, parts);
        AssertSameLosses(whole, parts);
        Assert.Equal(whole.Epochs[^1].TestLoss, parts.Epochs[^1].TestLoss, Rounding);
    }

    [Fact]
    public void Run_RateFoundByRehearsal_IsHeldWhileTheBatchGrows()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(
            _scratch.Small with
            {
                Data = "glyphs(train 2000)",
                LearningRate = Rate.Parse("auto * multi-step(1, gamma 0.2, at 0.5dur)"),
                Batch = 20,
                Epochs = 3,
                Rewrite = RewriteSequence.Parse("grow-batch"),
            },
            listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.Equal([20, 100], listener.Steps.Select(step => step.BatchSize).Distinct());
        Assert.All(listener.Steps, step => Assert.Equal(listener.Rehearsal!.PeakLearningRate, step.LearningRate, 1e-12));
    }

    [Fact]
    public void Run_OneCycleBetweenFoundBounds_GrowsTheBatchInItsDecay()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(_scratch.Small with { Data = "glyphs(train 2000)", LearningRate = Rate.Parse("one-cycle"), Batch = 20, Epochs = 2, Rewrite = RewriteSequence.Parse("grow-batch(max 160)") }, listener);
        Assert.Equal([20, 40, 80, 160], listener.Steps.Select(step => step.BatchSize).Distinct());
        Assert.Equal(listener.RangeTest!.MaxLr!.Value, listener.Steps.Max(step => step.LearningRate), 1e-3 * listener.RangeTest.MaxLr.Value);
    }

    public static TheoryData<object, string> RefusedRewrites => new()
    {
        {
            new TrainSettings { Batch = 30, Rewrite = RewriteSequence.Parse("grow-batch(max 30)") },
            "Rewrite is 'grow-batch(max 30)': batches may grow to 30, but the first is 30 already; give a largest batch above 30, or leave the rewrite out."
        },
        {
            new TrainSettings { Batch = 30, Rewrite = RewriteSequence.Parse("scale-batch(2)") },
            "Rewrite is 'scale-batch(2)': batches may grow to 20, a tenth of the 200 training samples, but the first is 30 already; give a largest batch above 30, or leave the rewrite out."
        },
        {
            new TrainSettings { Batch = 300, Rewrite = RewriteSequence.Parse("grow-batch") },
            "Rewrite is 'grow-batch': batches may grow to 20, a tenth of the 200 training samples, but the first is 300 already; give a largest batch above 300, or leave the rewrite out."
        },
        {
            new TrainSettings { Batch = 8, Rewrite = RewriteSequence.Parse("scale-batch(50, form exact, max 400)") },
            "Rewrite is 'scale-batch(50, max 400, form exact)': the batch is 400 at sample 0, and the training set has 200 samples: the exact noise scale is above 0 only for smaller batches; make them smaller, or keep the form for small batches."
        },
        {
            new TrainSettings { GhostBatch = 8, Network = "mlp(16)" },
            "GhostBatch is 8, but the network mlp(16) has no batch normalization; leave it out."
        },
    };

    [Theory]
    [MemberData(nameof(RefusedRewrites))]
    public void Run_NoRoomForARewrite_OneSentenceAndNoFolder(object given, string finding)
    {
        var asked = (TrainSettings)given;
        var settings = asked with { Data = "glyphs(train 200)", LearningRate = asked.LearningRate ?? Rate.Parse("step(0.1, gamma 0.5, every 1ep)"), Out = Path.Combine(_scratch.Folder!, "runs") };
        Assert.Equal([finding], Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message.Split('\n'));
        Assert.False(Directory.Exists(settings.Out));
    }
}
