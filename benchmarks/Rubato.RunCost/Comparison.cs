using Rubato.Cli.Settings;

namespace Rubato.RunCost;

/// <summary>What a training costs as it is and with something more.</summary>
/// <param name="Plain">Milliseconds an update as it is, the median of all rounds.</param>
/// <param name="Other">With what is more.</param>
/// <param name="More">The median, over rounds, of what that adds, as a share.</param>
/// <param name="Error">A robust standard error of that.</param>
internal sealed record Comparison(double Plain, double Other, double More, double Error)
{
    /// <summary>Trains in turns, so that what slows the machine for a while slows both; each first turn is thrown away.</summary>
    internal static Comparison Run(TrainSettings asIs, TrainSettings withMore, int rounds, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("rubato-cost-").FullName;
        try
        {
            var (first, second) = (asIs with { Out = folder }, withMore with { Out = folder });
            var pairs = new List<(double Plain, double Other)>();
            for (var round = 0; round <= rounds; round++)
            {
                // Which of the two is first changes, too.
                var (plain, other) = (0.0, 0.0);
                if (round % 2 == 0)
                {
                    plain = Milliseconds(first, time);
                }

                other = Milliseconds(second, time);
                if (round % 2 == 1)
                {
                    plain = Milliseconds(first, time);
                }

                pairs.Add((plain, other));
            }

            pairs.RemoveAt(0);
            var shares = pairs.ConvertAll(pair => (pair.Other / pair.Plain) - 1);
            var more = Median(shares);
            return new Comparison(
                Median(pairs.Select(pair => pair.Plain)),
                Median(pairs.Select(pair => pair.Other)),
                more,
                1.4826 * 1.2533 * Median(shares.Select(share => Math.Abs(share - more))) / Math.Sqrt(rounds));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Milliseconds(TrainSettings settings, TimeProvider time)
    {
        var clock = new UpdateClock();
        var summary = Sessions.Train(settings, clock, time, CancellationToken.None);
        return summary.Noise is null == (settings.MeasureNoise is null) && summary.Exponential is null == (settings.Rewrite.IsEmpty)
            ? 1000 * clock.Seconds / clock.Updates
            : throw new InvalidOperationException("The run was made without what it was to be made with, or the reverse.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
