using System.Text.Json;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class ReduceOnPlateauTests
{
    private const double LargestDifference = 1e-14;

    [Fact]
    public void Observe_SettingsAndLossesOfPyTorch_ItsRateAfterEachLoss()
    {
        var (settings, reductions, largest) = (0, 0L, 0.0);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", "plateau", "reduce-on-plateau.jsonl")))
        {
            settings++;
            using var golden = JsonDocument.Parse(line);
            var losses = golden.RootElement.GetProperty("losses").EnumerateArray().Select(Loss).ToList();
            var expected = golden.RootElement.GetProperty("lr").EnumerateArray().Select(rate => rate.GetDouble()).ToList();
            var plan = PlateauRun.Plan(golden.RootElement.GetProperty("initial_lr").GetDouble());

            var (rates, state) = PlateauRun.Of(new ReduceOnPlateau(plan, Settings(golden.RootElement)), losses);

            Assert.Equal(expected.Count, losses.Count);
            reductions += state.Plateau.Reductions;
            largest = Math.Max(largest, expected.Zip(rates.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second) / pair.First));
            Assert.True(largest < LargestDifference, $"line {settings}: {largest:G3}");
        }

        Assert.Equal(120, settings);
        TestContext.Current.TestOutputHelper?.WriteLine($"{reductions} reductions, largest relative difference {largest:G3}");
    }

    private static double Loss(JsonElement loss) => loss.ValueKind == JsonValueKind.Number ? loss.GetDouble()
        : loss.GetString() == "Infinity" ? double.PositiveInfinity
        : double.NaN;

    private static ReduceOnPlateauSettings Settings(JsonElement golden) => new()
    {
        Factor = golden.GetProperty("factor").GetDouble(),
        Patience = golden.GetProperty("patience").GetInt32(),
        Threshold = golden.GetProperty("threshold").GetDouble(),
        ThresholdMode = golden.GetProperty("threshold_mode").GetString() == "abs" ? ThresholdMode.Absolute : ThresholdMode.Relative,
        Cooldown = golden.GetProperty("cooldown").GetInt32(),
        MinLr = golden.GetProperty("min_lr").GetDouble(),
        Eps = golden.GetProperty("eps").GetDouble(),
        Every = Duration.Batches(1),
    };
}
