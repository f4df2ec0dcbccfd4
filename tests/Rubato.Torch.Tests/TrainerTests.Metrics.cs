using Rubato.Runs.Records;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests;

public sealed partial class TrainerTests
{
    [Fact]
    public void Fit_Metrics_AreMeansOverTheHeldOutSamplesInRecordsAndFiles()
    {
        // Over 1,203 samples: two whole batches of an evaluation, and one that is smaller.
        var inputs = randn(1_203, 6);
        var targets = inputs.sum(1, keepdim: true);
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var network = Linear(6, 1);
        var epochs = new List<EpochRecord>();
        var trainer = new Trainer(network, Train.Select(Sums), Losses.MeanSquaredError, Short with { Folder = folder }, Samples.Of(inputs, targets))
        {
            Metrics = [new Metric("mae", (outputs, wanted) => (outputs - wanted).abs().mean()), new Metric("rows", (outputs, _) => tensor(outputs.shape[0]))],
        };
        try
        {
            var run = trainer.Fit(0.01, Listener.Of<EpochRecord>(epochs.Add), Token);

            using var quiet = no_grad();
            var expected = (network.call(inputs) - targets).abs().mean().item<float>();
            Assert.Equal(["mae", "rows"], run.Metrics.Keys);
            Assert.Equal(expected, run.Metrics["mae"], 1e-5);
            Assert.Equal(((2 * 500.0 * 500) + (203 * 203)) / 1_203, run.Metrics["rows"], 1e-9);
            Assert.Equal(5, epochs.Count);
            Assert.Equal(run.Metrics, epochs[^1].Metrics);
            Assert.NotEqual(epochs[0].Metrics["mae"], epochs[^1].Metrics["mae"]);
            var rows = File.ReadAllLines(Path.Combine(folder, "epochs.csv"));
            Assert.EndsWith(",metric_mae,metric_rows", rows[0], StringComparison.Ordinal);
            Assert.EndsWith($",{run.Metrics["mae"]},{run.Metrics["rows"]}", rows[^1], StringComparison.Ordinal);
            Assert.Equal(run.Metrics, SummaryFile.Read(Path.Combine(folder, "summary.json")).Metrics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Fit_MetricOfBatches_AnAccuracyOfAnOwnBatch()
    {
        using var network = new Own();
        ISamples<SupervisedBatch> Rows(ISamples<SupervisedBatch> samples) => samples.Select(batch => batch);
        var trainer = new Trainer<SupervisedBatch>(
            network, Rows(Train), batch => Losses.CrossEntropy(network.call(batch.Inputs), batch.Targets), Short, Rows(Test))
        {
            Metrics = [new("accuracy", batch => network.call(batch.Inputs).argmax(1).eq(batch.Targets).to(ScalarType.Float32).mean())],
        };

        var run = trainer.Fit(0.01, cancellation: Token);

        Assert.Null(run.Accuracy);
        using var quiet = no_grad();
        network.eval();
        Assert.Equal(network.call(_inputs[300..]).argmax(1).eq(_classes[300..]).sum().item<long>() / 100.0, run.Metrics["accuracy"], 1e-6);
        Assert.InRange(run.Metrics["accuracy"], 0.9, 1);
    }

    /// <summary>Metrics measure; they change nothing, not even by random numbers of theirs.</summary>
    [Fact]
    public void Fit_MetricThatDraws_TheSameRunAsWithoutMetrics()
    {
        Told[] told = [new(), new()];
        foreach (var (listener, isMeasured) in told.Zip([false, true]))
        {
            using var network = Seeded();
            _ = new Trainer(network, Train, Losses.CrossEntropy, Short, Test)
            {
                Metrics = isMeasured ? [new Metric("drawn", (_, _) => rand(1))] : [],
            }.Fit(0.01, listener, Token);
        }

        Assert.Equal(75, told[0].Losses.Count);
        Assert.Equal(told[0].Losses, told[1].Losses);
    }

    [Fact]
    public void Fit_NoMetrics_EmptyInRecords()
    {
        using var network = new Own();
        var epochs = new List<EpochRecord>();

        var run = new Trainer(network, Train, Losses.CrossEntropy, Short, Test).Fit(0.01, Listener.Of<EpochRecord>(epochs.Add), Token);

        Assert.Empty(run.Metrics);
        Assert.All(epochs, epoch => Assert.Empty(epoch.Metrics));
    }

    [Fact]
    public void Fit_MetricOfMoreThanOneNumber_RefusedBeforeAnythingIsTrainedOrWritten()
    {
        using var network = new Own();
        network.train();
        var told = new Told();
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Folder = folder }, Test)
        {
            Metrics = [new Metric("right", (outputs, targets) => outputs.argmax(1).eq(targets))],
        };

        var error = Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, told, Token));

        Assert.Equal(
            "Metrics is 'right', which returned a tensor of the shape (100); return the mean over the batch, a real tensor of one number, for instance by mean().",
            error.Message);
        Assert.Empty(told.Steps);
        Assert.True(network.training);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Fit_MetricsAndSettingsThatCannotBe_AllFindingsAtOnce()
    {
        using var network = new Own();
        Metric mae = new("mae", (outputs, _) => outputs.mean());
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { MicroBatch = 0 }) { Metrics = [mae, mae with { Name = "" }, mae] };

        var error = Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, cancellation: Token));

        Assert.Equal(["MicroBatch", "Metrics", "Metrics", "Metrics"], error.Findings.Select(finding => finding.Setting));
        Assert.Equal(error.Message, Assert.Throws<InvalidInputException>(() => trainer.FindRates(cancellation: Token)).Message);
    }

    private static SupervisedBatch Sums(SupervisedBatch batch) => new(batch.Inputs, batch.Inputs.sum(1, keepdim: true));
}
