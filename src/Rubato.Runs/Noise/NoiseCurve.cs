using System.Collections.Immutable;
using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;

namespace Rubato.Runs.Noise;

/// <summary>The noise scale over a run, averaged from the measurements of its <c>noise.jsonl</c>.</summary>
/// <remarks>Immutable. Two are equal only where they share their measurements.</remarks>
public sealed record NoiseCurve
{
    private const string FileName = "noise.jsonl";

    private NoiseCurve(ImmutableArray<NoiseRecord> measurements, int? average) => (Measurements, Average) = (measurements, average);

    /// <summary>The measurements, each with the noise scale that follows from the averages so far; at least one.</summary>
    public ImmutableArray<NoiseRecord> Measurements { get; }

    /// <summary>
    /// Of how many measurements the average consists: older ones weigh 1 - 1 / this as much as the next. Null is
    /// <see cref="NoiseAverage.TrailingDecay"/>.
    /// </summary>
    public int? Average { get; }

    /// <summary>The measurements with a noise scale; at least one.</summary>
    public IEnumerable<NoiseRecord> Known => Measurements.Where(measurement => measurement.NoiseScale is not null);

    /// <summary>Averages measurements.</summary>
    /// <param name="measurements">The measurements, in order; their noise scales are not used.</param>
    /// <param name="average">Of how many the average consists, at least 1; null for the last tenth, and 20 at least.</param>
    /// <param name="name">What they are called in messages.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="average"/> is below 1.</exception>
    /// <exception cref="InvalidInputException">No noise scale follows from them.</exception>
    public static NoiseCurve Of(IReadOnlyList<NoiseRecord> measurements, int? average = null, string name = "noise")
    {
        ArgumentNullException.ThrowIfNull(measurements);
        ArgumentOutOfRangeException.ThrowIfLessThan(average ?? 1, 1, nameof(average));
        var (means, averaged) = (default(NoiseAverage), ImmutableArray.CreateBuilder<NoiseRecord>(measurements.Count));
        foreach (var measurement in measurements)
        {
            var decay = average is { } length ? 1 - (1.0 / length) : NoiseAverage.TrailingDecay(means.Count + 1);
            means = means.Add(new GradientNoise(measurement.SquaredNorm, measurement.Trace), decay);
            averaged.Add(measurement with { NoiseScale = means.NoiseScale });
        }

        if (averaged.Count < NoiseAverage.Fewest)
        {
            throw new InvalidInputException(
                new Finding(
                    name,
                    null,
                    $"has {(averaged.Count == 1 ? "1 measurement" : $"{averaged.Count} measurements")}; "
                    + $"a noise scale needs at least {NoiseAverage.Fewest}",
                    "train longer, or measure it more often"));
        }

        return averaged.Any(measurement => measurement.NoiseScale > 0)
            ? new NoiseCurve(averaged.MoveToImmutable(), average)
            : throw new InvalidInputException(
                new Finding(
                    name,
                    null,
                    $"has {averaged.Count} measurements, but in none of their averages does the gradient stand out from its noise",
                    "average over more of them"));
    }

    /// <summary>Reads the measurements of a run and averages them.</summary>
    /// <param name="path">The run folder, or its <c>noise.jsonl</c>.</param>
    /// <param name="average">Of how many measurements the average consists, at least 1; null for the last tenth, and 20 at least.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, a line is no measurement, or no noise scale follows from them.
    /// </exception>
    public static NoiseCurve Read(string path, int? average = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return !File.Exists(file)
            ? throw new InvalidInputException(
                Directory.Exists(path)
                    ? $"'{path}' is a folder without {FileName}; name a run whose noise was measured."
                    : $"there is no '{path}'; name a run folder, such as runs/NAME, or its {FileName}.")
            : Of(NoiseLog.Read(file), average, $"'{file}'");
    }
}
