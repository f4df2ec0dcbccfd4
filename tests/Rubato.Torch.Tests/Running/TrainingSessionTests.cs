using Rubato.Cli.Settings;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests : IDisposable
{
    // What sums in another order make of numbers of 64 bits over thirty updates, beside 1: some 1e-13 here. In 32 bits it is 1e-6 to 1e-2, and the processor's choice.
    private const double Rounding = 1e-10;

    private readonly Scratch _scratch = new();

    public static TheoryData<string> Optimizers =>
    [
        "sgd", "nesterov", "adam", "adamw", "rmsprop", "adagrad(eps 1e-8)", "adadelta",
        "adamp(delta 0.1, wd-ratio 0.1, nesterov true)", "sgdp", "lamb(beta2 0.999, eps 1e-6, bias-correction false)", "lars(trust 0.001)",
    ];

    [Fact]
    public void Run_ToTheEnd_FillsTheFolder()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small, listener);
        var folder = listener.Description!.Folder!;
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.Equal((9, 405), (summary.Updates, summary.Samples));
        Assert.Equal((9, 400, 2.0), (listener.Description.Updates, listener.Description.Samples, listener.Description.Epochs));
        Assert.Equal(
            ["config.yaml", "epochs.csv", "model.safetensors", "steps.jsonl", "summary.json"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var steps = StepLog.Read(Path.Combine(folder, "steps.jsonl"));
        Assert.False(steps.LastLineWasCut);
        Assert.Equal(listener.Steps, steps.Records);
        Assert.Equal([45, 90, 135, 180, 225, 270, 315, 360, 405], steps.Records.Select(step => step.Samples));
        Assert.All(steps.Records, step => Assert.Equal(45, step.BatchSize));
        Assert.Equal(["epoch", "1", "2"], File.ReadAllLines(Path.Combine(folder, "epochs.csv")).Select(line => line.Split(',')[0]));
        Assert.Equal(summary.TestAccuracy, listener.Epochs[^1].TestAccuracy);
        Assert.Equal(SummaryFile.Read(Path.Combine(folder, "summary.json")).TestLoss, summary.TestLoss);
        Assert.InRange(summary.TestAccuracy, 0.12, 1);
    }

    [Fact]
    public void Run_SameSeedTwice_SameStepsButForTheTimes()
    {
        var settings = _scratch.Small with { Network = "convnet(4, 8)", Augment = "crop(2), flip" };
        var (first, second, other) = (Steps(settings), Steps(settings), Steps(settings with { Seed = 1 }));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Run_OpenChoices_StandInTheConfiguration()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(_scratch.Small with { Optimizer = "adam", Seed = 5 }, listener);
        var yaml = File.ReadAllText(Path.Combine(listener.Description!.Folder!, "config.yaml"));
        Assert.Contains("lr: 0.001", yaml, StringComparison.Ordinal);
        Assert.Contains("weight-decay: 0", yaml, StringComparison.Ordinal);
        Assert.Contains("momentum: 0.9", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(45, ScalarType.Float64, Rounding)]
    [InlineData(44, ScalarType.Float64, Rounding)]
    [InlineData(7, ScalarType.Float64, Rounding)]
    [InlineData(1000, ScalarType.Float64, Rounding)]
    [InlineData(7, ScalarType.Float32, 1e-2)]
    public void Run_MicroBatches_AreTheGlobalBatch(int microBatch, ScalarType type, double bound)
    {
        var whole = new Scratch.Silent();
        var parts = new Scratch.Silent();
        _scratch.RunIn(type, _scratch.Small, whole);
        _scratch.RunIn(type, _scratch.Small with { MicroBatch = microBatch }, parts);
        Assert.Equal(whole.Steps.Count, parts.Steps.Count);
        foreach (var (expected, actual) in whole.Steps.Zip(parts.Steps))
        {
            Assert.Equal(expected.BatchSize, actual.BatchSize);
            Assert.Equal(expected.Loss, actual.Loss, bound * expected.Loss);
            Assert.Equal(expected.GradientNorm, actual.GradientNorm, bound * expected.GradientNorm);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Run_EachOptimizer_LearnsSomething(string optimizer)
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { Optimizer = optimizer, Epochs = 8, Network = "mlp(32, norm batch)" }, listener);
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.InRange(listener.Epochs[^1].TrainLoss, 0, 0.95 * listener.Epochs[0].TrainLoss);
    }

    [Theory]
    [InlineData("mse", 0)]
    [InlineData("cross-entropy", 0.2)]
    public void Run_EachLoss_Falls(string loss, double smoothing)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(_scratch.Small with { Loss = loss, LabelSmoothing = smoothing, Epochs = 6 }, listener);
        Assert.True(listener.Epochs[^1].TrainLoss < listener.Epochs[0].TrainLoss);
    }

    [Fact]
    public void Run_Interrupted_EndsAfterTheUpdateWithAWholeFolder()
    {
        using var source = new CancellationTokenSource();
        var listener = new CancelAt(7, source);
        var summary = _scratch.Run(_scratch.Small, listener, source.Token);
        Assert.Equal((RunStatus.Interrupted, 7L), (summary.Status, summary.Updates));
        Assert.Equal(7, StepLog.Read(Path.Combine(listener.Description!.Folder!, "steps.jsonl")).Records.Length);
        Assert.Equal(RunStatus.Interrupted, SummaryFile.Read(Path.Combine(listener.Description.Folder!, "summary.json")).Status);
        Assert.False(double.IsNaN(summary.TestAccuracy));
    }

    [Fact]
    public void Run_LossNotFinite_EndsAsDiverged()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(_scratch.Small with { LearningRate = Rate.Parse("1e30"), Warmup = 0 }, listener);
        Assert.Equal(RunStatus.Diverged, summary.Status);
        Assert.False(double.IsFinite(listener.Steps[^1].Loss));
        Assert.Equal(summary.Updates, listener.Steps[^1].Step);
        Assert.Equal(summary.Updates + 1, listener.Steps.Count);
        Assert.InRange(summary.Updates, 1, 9);
    }

    [Fact]
    public void Run_EngineFails_AnExceptionOfItsKindAndAFolderThatSaysFailed()
    {
        var listener = new FailsAt(3);
        var exception = Assert.Throws<TorchException>(() => _scratch.Run(_scratch.Small, listener));
        Assert.Equal((TorchErrorKind.Failure, "training"), (exception.Kind, exception.Operation));
        Assert.StartsWith("mat1 and mat2 shapes cannot be multiplied", exception.Cause, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, SummaryFile.Read(Path.Combine(listener.Description!.Folder!, "summary.json")).Status);
    }

    [Fact]
    public void Run_Csv_TrainsOnATable()
    {
        var file = Path.Combine(_scratch.Folder!, "table.csv");
        File.WriteAllLines(file, ["x,y,kind", .. Enumerable.Range(0, 200).Select(i => $"{i % 20},{i % 7},{(i % 20 < 10 ? "low" : "high")}")]);
        var summary = _scratch.Run(_scratch.Small with { Data = $"csv:{file}", Label = "kind", Epochs = 30, LearningRate = Rate.Parse("0.1") });
        Assert.InRange(summary.TestAccuracy, 0.9, 1);
    }

    [Fact]
    public void Run_ManyMistakes_AreReportedTogetherAndNothingIsWritten()
    {
        var settings = _scratch.Small with { Network = "mpl(3)", Optimizer = "adm", Augment = "crop(x)", Batch = 0 };
        var findings = Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message.Split('\n');
        Assert.Equal(4, findings.Length);
        Assert.Contains(findings, finding => finding.EndsWith("Did you mean 'mlp'?", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.EndsWith("Did you mean 'adam'?", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder!));
    }

    [Theory]
    [InlineData("resnet-20", "csv", "network is 'resnet-20', which needs images of at least 8x8 pixels")]
    [InlineData("mlp(4)", "flip", "augment is 'flip', but --data")]
    public void Run_NetworkOrAugmentationThatDoesNotFitTheData_SaysSo(string network, string augment, string message)
    {
        var file = Path.Combine(_scratch.Folder!, "table.csv");
        File.WriteAllLines(file, ["x,kind", .. Enumerable.Range(0, 20).Select(i => $"{i},{i % 2}")]);
        var settings = _scratch.Small with
        {
            Data = $"csv:{file}",
            Label = "kind",
            Network = network,
            Augment = augment == "csv" ? "none" : augment,
        };
        Assert.StartsWith(message, Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MomentumForAnOptimizerWithoutOne_IsRefused()
    {
        var settings = _scratch.Small with { Optimizer = "adagrad", Momentum = Schedule.Parse("0.5") };
        Assert.Equal(
            "momentum is 0.5, but --optimizer adagrad has none; leave --momentum out.",
            Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message);
    }

    public void Dispose() => _scratch.Dispose();

    private static void AssertSameLosses(Scratch.Silent expected, Scratch.Silent actual)
    {
        Assert.Equal(expected.Steps.Count, actual.Steps.Count);
        Assert.All(expected.Steps.Zip(actual.Steps), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, Rounding));
    }

    private List<StepRecord> Steps(TrainSettings settings)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(settings, listener);
        return [.. listener.Steps.Select(step => step with { Seconds = 0 })];
    }

    /// <summary>Lets libtorch fail.</summary>
    private sealed class FailsAt(long step) : Scratch.Silent
    {
        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            if (record.Step == step)
            {
                using var scope = NewDisposeScope();
                _ = zeros(2, 3).mm(zeros(2, 3));
            }
        }
    }

    private sealed class CancelAt(long step, CancellationTokenSource source) : Scratch.Silent
    {
        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            if (record.Step == step)
            {
                source.Cancel();
            }
        }
    }
}
