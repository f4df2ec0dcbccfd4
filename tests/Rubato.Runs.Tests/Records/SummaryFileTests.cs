using System.Text;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Records;

public sealed class SummaryFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Write_Summary_SnakeCaseKeys() =>
        Assert.Equal(
            """
            {
              "status": "completed",
              "test_accuracy": 0.985,
              "test_loss": 0.05,
              "validation_loss": null,
              "validation_accuracy": null,
              "best": null,
              "stopped_early": false,
              "metrics": {},
              "checkpoint": null,
              "saving_seconds": null,
              "train_loss": null,
              "updates": 2345,
              "samples": 300000,
              "seconds": 12.5,
              "peak_learning_rate": 0.1,
              "rollbacks": 2,
              "clipped_share": null,
              "init": null,
              "rehearsal": null,
              "range_test": null,
              "auto_warmup": null,
              "noise": null,
              "exponential": null,
              "peers": null,
              "seed": -3,
              "data": "mnist:daten/größe+'1'",
              "data_hash": "00ff",
              "network": "mlp(256, 128, norm batch)",
              "parameters": 269322,
              "optimizer": "sgd",
              "device": "cpu",
              "threads": 2,
              "memory_format": "contiguous",
              "versions": {
                "dotnet": "10.0.0",
                "rubato": "0.1.0"
              }
            }

            """,
            Text(Samples.Summary() with { TrainLoss = double.NaN, Rollbacks = 2, Data = "mnist:daten/größe+'1'" }));

    [Fact]
    public void Write_Best_SnakeCaseKeysThatAreReadBack()
    {
        var summary = Samples.Summary() with { Best = Samples.Best(), StoppedEarly = true, ValidationLoss = 0.5, ValidationAccuracy = 0.75 };
        Assert.Contains(
            """
              "validation_loss": 0.5,
              "validation_accuracy": 0.75,
              "best": {
                "watched": "validation-loss",
                "value": 0.3,
                "epoch": 2.5,
                "updates": 500,
                "samples": 64000,
                "test_loss": 0.25,
                "test_accuracy": null,
                "validation_loss": 0.3,
                "validation_accuracy": 0.875,
                "file": "best.safetensors"
              },
              "stopped_early": true,
            """,
            Text(summary),
            StringComparison.Ordinal);
        var path = Path.Combine(_temporary.Path, "best.json");
        File.WriteAllText(path, Text(summary));
        Assert.Equal(summary.Best, SummaryFile.Read(path).Best);
        Assert.Equal((true, 0.5, 0.75), (SummaryFile.Read(path).StoppedEarly, SummaryFile.Read(path).ValidationLoss, SummaryFile.Read(path).ValidationAccuracy));
    }

    [Fact]
    public void Write_RangeTest_SnakeCaseKeys() => Assert.Contains(
        """
          "range_test": {
            "base_lr": 0.025,
            "max_lr": 0.31,
            "rule": "lowest",
            "confidence": 0.8,
            "reason": null,
            "batch_size": 128,
            "updates": 400,
            "samples": 51200,
            "seconds": 3.5,
            "schedule": "one-cycle(0.31)"
          },
        """,
        Text(Samples.Summary() with { RangeTest = Samples.RangeTest }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_ClippingAndWeightsOfAFile_ReadBack()
    {
        var summary = Samples.Summary() with { ClippedShare = 0.25, Init = new InitRecord("runs/a/model.safetensors", 4, 6) };
        var text = Text(summary);
        Assert.Contains(
            """
              "clipped_share": 0.25,
              "init": {
                "path": "runs/a/model.safetensors",
                "loaded": 4,
                "tensors": 6
              },
            """,
            text,
            StringComparison.Ordinal);
        File.WriteAllText(_temporary["summary.json"], text);
        var read = SummaryFile.Read(_temporary["summary.json"]);
        Assert.Equal((summary.ClippedShare, summary.Init), (read.ClippedShare, read.Init));
    }

    [Fact]
    public void Write_Exponential_SnakeCaseKeys() => Assert.Contains(
        """
          "exponential": {
            "form": "texp--",
            "scale_invariant": 266752,
            "loss_change": 5E-08,
            "log10_rate": 41.25
          },
        """,
        Text(Samples.Summary() with { Exponential = Samples.Exponential }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(41.25)]
    [InlineData(null)]
    public void Read_Exponential_AsWritten(double? logRate)
    {
        File.WriteAllText(_temporary["summary.json"], Text(Samples.Summary() with { Exponential = Samples.Exponential with { Log10Rate = logRate } }));
        Assert.Equal(Samples.Exponential with { Log10Rate = logRate }, SummaryFile.Read(_temporary["summary.json"]).Exponential);
    }

    [Fact]
    public void Read_FromBeforeThereWereExponentialRates_None()
    {
        var text = Text(Samples.Summary());
        File.WriteAllText(_temporary["summary.json"], text.Replace("  \"exponential\": null,\n", "", StringComparison.Ordinal));
        Assert.Null(SummaryFile.Read(_temporary["summary.json"]).Exponential);
    }

    [Fact]
    public void Read_Metrics_AsWrittenUnderTheirNames()
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["Top 5"] = 0.99, ["mae"] = double.NaN };
        var text = Text(Samples.Summary() with { Metrics = metrics });
        Assert.Contains("\"Top 5\": 0.99,", text, StringComparison.Ordinal);
        File.WriteAllText(_temporary["summary.json"], text);
        Assert.Equal(metrics, SummaryFile.Read(_temporary["summary.json"]).Metrics);
    }

    [Fact]
    public void Read_FromBeforeThereWereMetrics_None()
    {
        var text = Text(Samples.Summary());
        File.WriteAllText(_temporary["summary.json"], text.Replace("  \"metrics\": {},\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain("metrics", File.ReadAllText(_temporary["summary.json"]), StringComparison.Ordinal);
        Assert.Empty(SummaryFile.Read(_temporary["summary.json"]).Metrics);
    }

    [Fact]
    public void Read_AsWritten_Equal()
    {
        var summary = Samples.Summary() with { TestAccuracy = double.NaN, TestLoss = double.PositiveInfinity, TrainLoss = 1.0 / 3, AutoWarmup = Samples.AutoWarmup, RangeTest = Samples.RangeTest };
        File.WriteAllText(_temporary["summary.json"], Text(summary));

        var read = SummaryFile.Read(_temporary["summary.json"]);

        Assert.Equal(summary.Versions, read.Versions);
        Assert.Equal(summary, read with { Versions = summary.Versions });
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Interrupted)]
    [InlineData(RunStatus.Diverged)]
    [InlineData(RunStatus.Failed)]
    public void Write_NumbersThatWereNotMeasured_AreNull(RunStatus status)
    {
        var summary = Samples.Summary() with
        {
            Status = status,
            TestAccuracy = double.NaN,
            TestLoss = double.NaN,
            TrainLoss = double.NaN,
            PeakLearningRate = double.NaN,
            Rehearsal = new()
            {
                PeakLearningRate = 0.1,
                LowestUsable = 0.1,
                HighestUsable = 0.1,
                StartLoss = double.NaN,
                Runs = [new(0.2, double.NaN)],
                Updates = 1,
                MicroBatch = 1,
                Samples = 0,
                Share = 0,
                TookWeights = false,
                Seconds = 0,
            },
        };
        var text = Text(summary);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Contains("\"test_loss\": null,\n", text, StringComparison.Ordinal);
        File.WriteAllText(_temporary["summary.json"], text);
        var read = SummaryFile.Read(_temporary["summary.json"]);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (read.TestLoss, read.TestAccuracy, read.Rehearsal?.StartLoss));
    }

    [Fact]
    public void Read_FromBeforeNaNWasNull_TheSame()
    {
        var text = Text(Samples.Summary() with { TestLoss = double.NaN });
        File.WriteAllText(_temporary["summary.json"], text.Replace("\"test_loss\": null", "\"test_loss\": \"NaN\"", StringComparison.Ordinal));
        Assert.Equal(double.NaN, SummaryFile.Read(_temporary["summary.json"]).TestLoss);
    }

    [Theory]
    [InlineData(RunStatus.Completed, "completed")]
    [InlineData(RunStatus.Interrupted, "interrupted")]
    [InlineData(RunStatus.Diverged, "diverged")]
    [InlineData(RunStatus.Failed, "failed")]
    public void Write_Status_OneWord(RunStatus status, string word)
    {
        var text = Text(Samples.Summary() with { Status = status });
        Assert.Contains($"\"status\": \"{word}\",\n", text, StringComparison.Ordinal);
        File.WriteAllText(_temporary["summary.json"], text);
        Assert.Equal(status, SummaryFile.Read(_temporary["summary.json"]).Status);
    }

    [Fact]
    public void Read_FromBeforeThereWereGuards_NoRollbacks()
    {
        var text = Text(Samples.Summary() with { Rollbacks = 3 });
        File.WriteAllText(_temporary["summary.json"], text.Replace("\"rollbacks\": 3,", "", StringComparison.Ordinal));
        Assert.Equal(0, SummaryFile.Read(_temporary["summary.json"]).Rollbacks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"status\": \"completed\"}")]
    [InlineData("{\"status\": 1}")]
    public void Read_NoSummary_OneSentenceWithTheFile(string text)
    {
        File.WriteAllText(_temporary["summary.json"], text);

        var error = Assert.Throws<InvalidInputException>(() => SummaryFile.Read(_temporary["summary.json"]));

        Assert.StartsWith(_temporary["summary.json"] + ": ", Assert.Single(error.Message.Split('\n')), StringComparison.Ordinal);
    }

    private static string Text(RunSummary summary)
    {
        using var stream = new MemoryStream();
        SummaryFile.Write(stream, summary);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
