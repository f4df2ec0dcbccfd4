using Rubato.Training;

namespace Rubato.NoiseCost;

/// <summary>What a training costs without measuring and with it.</summary>
/// <param name="Plain">Milliseconds an update without it, the median of all rounds.</param>
/// <param name="Measured">With it.</param>
/// <param name="More">The median, over rounds, of what measuring adds, as a share.</param>
/// <param name="Error">A robust standard error of that.</param>
internal sealed record Comparison(double Plain, double Measured, double More, double Error)
{
    /// <summary>Trains in turns, so that what slows the machine for a while slows both; each first turn is thrown away.</summary>
    internal static Comparison Run(TrainSettings settings, int every, int rounds, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("rubato-noise-").FullName;
        try
        {
            settings = settings with { Out = folder };
            var pairs = new List<(double Plain, double Measured)>();
            for (var round = 0; round <= rounds; round++)
            {
                // Which of the two is first changes, too.
                var (plain, measured) = (0.0, 0.0);
                if (round % 2 == 0)
                {
                    plain = Milliseconds(settings, time);
                }

                measured = Milliseconds(settings with { MeasureNoise = every }, time);
                if (round % 2 == 1)
                {
                    plain = Milliseconds(settings, time);
                }

                pairs.Add((plain, measured));
            }

            pairs.RemoveAt(0);
            var shares = pairs.ConvertAll(pair => (pair.Measured / pair.Plain) - 1);
            var more = Median(shares);
            return new Comparison(
                Median(pairs.Select(pair => pair.Plain)),
                Median(pairs.Select(pair => pair.Measured)),
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
        var summary = TrainingSession.Run(settings, clock, time, CancellationToken.None);
        return summary.Noise is null == (settings.MeasureNoise is null)
            ? 1000 * clock.Seconds / clock.Updates
            : throw new InvalidOperationException("The noise was measured where it should not be, or the reverse.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
