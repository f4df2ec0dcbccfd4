using System.Text;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeTestJsonTests
{
    [Fact]
    public void Write_Sweep_EverythingInSnakeCase()
    {
        var curve = new RangeCurve([new RangePoint(1, 0.1, 2.5), new RangePoint(2, 0.2, 2, 0.25), new RangePoint(3, 0.3, double.NaN)], RangeEnd.NonFinite);
        var run = new MeasuredRun(curve, new SmoothedCurve([0.1, 0.2], [2.5, 2], [2.5, 2], 0.125, HasRisen: false));
        var report = SampleReports.Report(SampleReports.Variant(run)) with
        {
            Test = new RangeTest(0.1, 1, 10),
            Settings = [new("data", "glyphs"), new("label", null)],
            TrainSamples = 100,
            HeldOutSamples = 10,
            Samples = 192,
            Seconds = 1.5,
            IsInterrupted = true,
        };

        Assert.Equal(
            """
            {
              "status": "interrupted",
              "suggestion": {
                "base_lr": 0.025,
                "max_lr": 0.1,
                "rule": "lowest",
                "confidence": 0.75,
                "reason": null,
                "momentum": "0.9",
                "weight_decay": "0"
              },
              "batch_size": 64,
              "source": null,
              "test": {
                "start_lr": 0.1,
                "end_lr": 1,
                "iterations": 10,
                "spacing": "exponential",
                "diverge_threshold": 4
              },
              "base_divisor": 4,
              "train_samples": 100,
              "held_out_samples": 10,
              "samples": 192,
              "seconds": 1.5,
              "settings": {
                "data": "glyphs",
                "label": null
              },
              "variants": [
                {
                  "momentum": "0.9",
                  "weight_decay": "0",
                  "lowest_loss": 2,
                  "lowest_loss_lr": 0.2,
                  "suggestion": {
                    "base_lr": 0.025,
                    "max_lr": 0.1,
                    "rule": "lowest",
                    "confidence": 0.75,
                    "reason": null,
                    "momentum": "0.9",
                    "weight_decay": "0"
                  },
                  "answers": [
                    {
                      "rule": "lowest",
                      "run": 1,
                      "base_lr": 0.025,
                      "max_lr": 0.1
                    },
                    {
                      "rule": "steep",
                      "run": 1,
                      "base_lr": null,
                      "max_lr": null
                    }
                  ],
                  "runs": [
                    {
                      "run": 1,
                      "end": "non_finite",
                      "iterations": 3,
                      "noise": 0.125,
                      "learning_rate": [0.1, 0.2, 0.3],
                      "loss": [2.5, 2, "NaN"],
                      "accuracy": [null, 0.25, null]
                    }
                  ]
                }
              ]
            }

            """,
            Json(report));
    }

    [Fact]
    public void Write_SecondVariant_RunsAreCountedOn()
    {
        var text = Json(SampleReports.Report(SampleReports.Variant(SampleReports.Run(), SampleReports.Run()), SampleReports.Variant(SampleReports.Run())) with { Source = "a.csv" });

        Assert.Contains("\"source\": \"a.csv\"", text, StringComparison.Ordinal);
        Assert.Contains("\"test\": null", text, StringComparison.Ordinal);
        Assert.Equal(["1", "1", "1", "2", "3", "3", "3"], text.Split('\n').Where(line => line.Contains("\"run\":", StringComparison.Ordinal)).Select(line => line.Trim()[7..^1]));
    }

    private static string Json(RangeTestReport report)
    {
        using var stream = new MemoryStream();
        RangeTestJson.Write(stream, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
