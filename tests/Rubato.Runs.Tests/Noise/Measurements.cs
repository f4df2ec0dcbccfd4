using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Noise;

/// <summary>Measurements of a run whose noise scale grows from 100 to 1000 while its batch doubles.</summary>
internal static class Measurements
{
    public static IReadOnlyList<NoiseRecord> Growing { get; } =
        [.. Enumerable.Range(0, 40).Select(i => new NoiseRecord(10 * (i + 1), i < 20 ? 640 * (i + 1) : 12_800 + (1280 * (i - 19)), i < 20 ? 64 : 128, 0.5, 50 * Math.Pow(10, i / 39.0)))];

    public static IReadOnlyList<NoiseRecord> Constant(int count, double squaredNorm, double trace) =>
        [.. Enumerable.Range(1, count).Select(i => new NoiseRecord(i, 32 * i, 32, squaredNorm, trace))];
}
