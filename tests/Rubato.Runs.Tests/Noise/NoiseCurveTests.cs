using Rubato.Control;
using Rubato.Runs.Logs;
using Rubato.Runs.Noise;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Noise;

public sealed class NoiseCurveTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Of_ConstantMeasurements_TheirQuotientFromTheFifthOn()
    {
        var curve = NoiseCurve.Of(Measurements.Constant(7, squaredNorm: 0.5, trace: 60));
        Assert.Equal([null, null, null, null, 120, 120, 120], curve.Measurements.Select(measurement => measurement.NoiseScale is { } scale ? Math.Round(scale, 9) : (double?)null));
        Assert.Equal(3, curve.Known.Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Of_SomeAverage_IsThatOfTheDecay(int average)
    {
        var means = default(NoiseAverage);
        double?[] expected =
        [
            .. Measurements.Growing.Select(one => (means = means.Add(new GradientNoise(one.SquaredNorm, one.Trace), 1 - (1.0 / average))).NoiseScale),
        ];
        var curve = NoiseCurve.Of(Measurements.Growing, average);
        Assert.Equal(expected, curve.Measurements.Select(measurement => measurement.NoiseScale));
        Assert.Equal(average, curve.Average);
    }

    [Fact]
    public void Of_NoAverage_FollowsTheLastTenthOfALongRun()
    {
        // 4,000 updates with a noise scale of 100, then 400 with 1,000.
        NoiseRecord[] measurements = [.. Enumerable.Range(1, 4400).Select(step => new NoiseRecord(step, step, 1, step <= 4000 ? 1 : 0.1, 100, null))];
        var curve = NoiseCurve.Of(measurements);
        Assert.Equal(100, curve.Measurements[3999].NoiseScale!.Value, 1e-9);
        Assert.InRange(curve.Measurements[^1].NoiseScale!.Value, 100 / (0.1 + (0.9 * 0.42)), 100 / (0.1 + (0.9 * 0.38)));
        Assert.Null(curve.Average);
    }

    [Theory]
    [InlineData(1, 1, "noise has 1 measurement; a noise scale needs at least 5; train longer, or measure it more often.")]
    [InlineData(4, 1, "noise has 4 measurements; a noise scale needs at least 5; train longer, or measure it more often.")]
    [InlineData(0, 1, "noise has 0 measurements; a noise scale needs at least 5; train longer, or measure it more often.")]
    [InlineData(6, -1, "noise has 6 measurements, but in none of their averages does the gradient stand out from its noise; average over more of them.")]
    public void Of_NoNoiseScale_IsRefused(int count, double squaredNorm, string sentence) => Assert.Equal(
        sentence, Assert.Throws<InvalidInputException>(() => NoiseCurve.Of(Measurements.Constant(count, squaredNorm, 10))).Message);

    [Fact]
    public void Of_AverageBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("average", () => NoiseCurve.Of(Measurements.Growing, 0));

    [Fact]
    public void Read_FolderOrFile_TheSame()
    {
        using (var log = new NoiseLog(() => File.Create(_temporary["noise.jsonl"])))
        {
            foreach (var record in Measurements.Growing)
            {
                log.Append(record);
            }
        }

        var folder = Path.GetDirectoryName(_temporary["noise.jsonl"])!;
        NoiseRecord[] expected = [.. NoiseCurve.Of(Measurements.Growing, 10).Measurements];
        Assert.Equal(expected, NoiseCurve.Read(folder, 10).Measurements);
        Assert.Equal(expected, NoiseCurve.Read(_temporary["noise.jsonl"], 10).Measurements);
    }

    [Fact]
    public void Read_NothingThere_SaysWhatToName()
    {
        var folder = Path.GetDirectoryName(_temporary["x"])!;
        Assert.Equal(
            $"'{folder}' is a folder without noise.jsonl; name a run whose noise was measured.",
            Assert.Throws<InvalidInputException>(() => NoiseCurve.Read(folder)).Message);
        Assert.Equal(
            $"there is no '{_temporary["x"]}'; name a run folder, such as runs/NAME, or its noise.jsonl.",
            Assert.Throws<InvalidInputException>(() => NoiseCurve.Read(_temporary["x"])).Message);
    }
}
