using System.Collections.Immutable;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Tests;

/// <summary>Verifications that are made up: 60 updates, compared at every tenth, in two epochs.</summary>
internal static class ScriptedVerify
{
    public static VerificationDescription Description { get; } = new()
    {
        Data = "glyphs",
        TrainSamples = 12_000,
        Network = "mlp(16, norm batch)",
        Parameters = 1_000,
        Optimizer = "sgd",
        LearningRate = "constant(0.1)",
        Rewrite = "exponential",
        Exponential = new ExponentialRecord("exponential", 900, 1.5e-16, null),
        Updates = 60,
        Tolerance = 1e-8,
        IsDouble = true,
        Probe = 256,
    };

    /// <summary>The differences of outputs and of rounding alone at updates 10, 20, ...</summary>
    public static VerificationOutcome Outcome(params (double Function, double Rounding)[] points) => new(
        Description,
        [.. points.Select((point, i) => new VerifiedPoint(10 * (i + 1), 2.0 / (i + 1), 1e-16, point.Function, point.Function / 2, point.Rounding))],
        points.Length < 3 ? [] : [new VerifiedAccuracy(1, 30, 0.5, 0.5, 0.5), .. points.Length < 6 ? [] : (VerifiedAccuracy[])[new VerifiedAccuracy(2, 60, 0.98765, 0.98765, 0.9875)]],
        1e-16,
        VerificationEnd.Completed);

    /// <summary>Differences that grow from 1e-15, and what rounding does, from 1e-14.</summary>
    public static VerificationOutcome Holding { get; } = Outcome([.. Enumerable.Range(0, 6).Select(i => (1e-15 * (1 << i), 1e-14 * (1 << i)))]);

    public static VerificationOutcome Run(VerifySettings settings, Listener listener, CancellationToken cancellation) => Tell(Holding, listener, cancellation);

    /// <summary>Tells of an outcome; of one that is interrupted no more than its first half.</summary>
    public static VerificationOutcome Tell(VerificationOutcome outcome, Listener listener, CancellationToken cancellation)
    {
        listener.OnEvent(outcome.Description);
        ImmutableArray<VerifiedPoint> points = cancellation.IsCancellationRequested ? outcome.Points[..(outcome.Points.Length / 2)] : outcome.Points;
        foreach (var point in points)
        {
            listener.OnEvent(point);
            foreach (var accuracy in outcome.Accuracies.Where(accuracy => accuracy.Update == point.Update))
            {
                listener.OnEvent(accuracy);
            }
        }

        return cancellation.IsCancellationRequested
            ? outcome with { Points = points, Accuracies = [.. outcome.Accuracies.Where(accuracy => accuracy.Update <= 30)], End = VerificationEnd.Interrupted }
            : outcome;
    }
}
