using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Torch.Tests.Verifying;

/// <summary>Small verifications, and made-up ones.</summary>
internal static class Verifications
{
    /// <summary>60 updates of 32 samples: five epochs.</summary>
    public static VerifySettings Small { get; } = new()
    {
        Training = new TrainSettings
        {
            Data = "glyphs(train 384, test 64)",
            Network = "mlp(16, 12, norm batch)",
            LearningRate = Rate.Parse("constant(0.05)"),
            WeightDecay = Schedule.Parse("5e-3"),
            Momentum = Schedule.Parse("0.9"),
            Rewrite = RewriteSequence.Parse("exponential"),
            Batch = 32,
            Length = Duration.Parse("60ba"),
            Threads = OneThreadAttribute.Threads,
            Device = "cpu",
        },
        Closeness = new() { Every = 5 },
    };

    public static VerificationDescription Description { get; } = new()
    {
        Data = "glyphs",
        TrainSamples = 384,
        Network = "mlp(16)",
        Parameters = 1_000,
        Optimizer = "sgd",
        LearningRate = "constant(0.1)",
        Rewrite = "exponential",
        Exponential = new ExponentialRecord("exponential", 900, 1e-16, null),
        Updates = 60,
        Tolerance = 1e-8,
        IsDouble = true,
        Probe = 64,
    };

    public static VerifySettings With(Func<TrainSettings, TrainSettings> change) => Small with { Training = change(Small.Training) };

    public static VerificationOutcome Run(VerifySettings settings, Listener? listener = null, CancellationToken? cancellation = null) =>
        Sessions.Verify(settings, listener ?? new Told(), cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>Points at updates 1, 2, 3 with the differences of outputs and of rounding alone.</summary>
    public static VerificationOutcome Outcome(params (double Function, double Rounding)[] points) => new(
        Description,
        [.. points.Select((point, i) => new VerifiedPoint(i + 1, 1, 0, point.Function, 10 * point.Function, point.Rounding))],
        [new VerifiedAccuracy(0.5, 1, 0.5, 0.5, 0.5), new VerifiedAccuracy(1, 2, 0.75, 0.5, 0.625)],
        0,
        VerificationEnd.Completed);

    internal sealed class Told : Listener
    {
        public VerificationDescription? Description { get; private set; }

        public List<VerifiedPoint> Points { get; } = [];

        public List<VerifiedAccuracy> Accuracies { get; } = [];

        public Action<VerifiedPoint>? Then { get; init; }

        public override void OnEvent(TrainingEvent happened)
        {
            switch (happened)
            {
                case VerificationDescription description:
                    Description = description;
                    break;
                case VerifiedPoint point:
                    Points.Add(point);
                    Then?.Invoke(point);
                    break;
                case VerifiedAccuracy accuracy:
                    Accuracies.Add(accuracy);
                    break;
            }
        }
    }
}
