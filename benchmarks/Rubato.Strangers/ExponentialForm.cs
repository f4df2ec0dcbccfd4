using System.Globalization;
using Rubato.Torch;

namespace Rubato.Strangers;

/// <summary>Runs each network with weight decay beside its exponential form, in 64 bits.</summary>
internal static class ExponentialForm
{
    /// <summary>A line for each network: how far the outputs come apart, or why nothing can grow.</summary>
    internal static IEnumerable<string> Lines(Digits digits) => Stranger.All(digits).Concat(Stranger.Normalized(digits)).Select(Line);

    private static string Line(Stranger stranger)
    {
        Engine.Seed(1);
        using var network = stranger.Build();
        var settings = new TrainerSettings
        {
            Length = Duration.Batches(100),
            BatchSize = 64,
            Optimizer = OptimizerChoice.Sgd(),
            WeightDecay = 0.005,
            Threads = 1,
        };
        try
        {
            var outcome = new Trainer(network, stranger.Train, stranger.Loss, settings, stranger.Test)
                .Verify(stranger.Build, Schedule.Cosine(0.02, 0), new VerificationSettings { Probe = 100 });
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{stranger.Name}: {outcome.Description.Exponential.ScaleInvariant} of {outcome.Description.Parameters} numbers grow, "
                + $"holds {outcome.Holds}, {outcome.Judged} of {outcome.Points.Length} points judged, "
                + $"outputs differ by {outcome.LargestFunctionDifference:G2}, rounding alone by {outcome.LargestRounding:G2}");
        }
        catch (InvalidInputException exception)
        {
            return $"{stranger.Name}: {exception.Message}";
        }
    }
}
