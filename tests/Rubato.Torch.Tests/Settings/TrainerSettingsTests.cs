using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Settings;

public sealed class TrainerSettingsTests
{
    [Fact]
    public void Fit_NumbersOutOfTheirRanges_AreReportedAtOnce()
    {
        using var scope = NewDisposeScope();
        using var network = Linear(2, 2);
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(1),
            Warmup = 1,
            MicroBatch = 0,
            GhostBatch = 1,
            MeasureNoise = 0,
            Threads = 0,
        };
        var trainer = new Trainer(network, Samples.Of(zeros(4, 2), zeros(4, ScalarType.Int64)), Losses.CrossEntropy, settings);

        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(
            [
                "Warmup is 1; it must be at least 0 and below 1, for instance 0.05.",
                "MicroBatch is 0; it must be at least 1, for instance 64.",
                "GhostBatch is 1; it must be at least 2, since a sample alone has no variance, for instance 32.",
                "MeasureNoise is 0; it must be at least 1, for instance 10.",
                "Threads is 0; it must be at least 1 and at most 1024; leave it out for the usual number.",
            ],
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, cancellation: cancellation)).Findings.Select(finding => finding.ToString()));
        Assert.Throws<InvalidInputException>(() => trainer.FindRates(cancellation: cancellation));
    }

    [Fact]
    public void Fit_LimitsOfTheGradientThatAreNotAboveZero_AreReportedAtOnce()
    {
        using var scope = NewDisposeScope();
        using var network = Linear(2, 2);
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(1),
            BatchSize = 2,
            ClipNorm = 0,
            ClipValue = Schedule.Parse("linear(1 -> -1)"),
        };
        var trainer = new Trainer(network, Samples.Of(zeros(8, 2), zeros(8, ScalarType.Int64)), Losses.CrossEntropy, settings);

        Assert.Equal(
            [
                "ClipNorm is 0; it must be a finite number above 0.",
                "ClipValue is 'linear(1 -> -1)'; it is 0 at sample 4, but must be a finite number above 0.",
            ],
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, cancellation: TestContext.Current.CancellationToken))
                .Findings.Select(finding => finding.ToString()));
    }
}
