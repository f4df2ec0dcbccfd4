using System.Globalization;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AutoWarmupTests
{
    private static readonly string[] Shapes = ["valley", "cliff", "plateau", "flat", "falling", "lost"];

    /// <summary>Curves beside the dense twin, each shape in turn; RUBATO_CURVES sets how many.</summary>
    public static TheoryData<string, long> Curves
    {
        get
        {
            var count = int.TryParse(Environment.GetEnvironmentVariable("RUBATO_CURVES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 12;
            var curves = new TheoryData<string, long>();
            foreach (var seed in Enumerable.Range(0, count))
            {
                curves.Add(Shapes[seed % Shapes.Length], seed);
            }

            return curves;
        }
    }

    [Theory]
    [MemberData(nameof(Curves), DisableDiscoveryEnumeration = true)]
    public void Paper_RandomCurve_SwitchesAsTheDenseTwin(string shape, long seed)
    {
        const int Epochs = 20;
        var random = new CounterRandom(seed, 6, 0);
        var stepsPerEpoch = 5 + random.NextInt(16);
        var loss = Curve(shape, Math.Pow(10, random.NextDouble(-4, -1)), random.NextDouble(0.02, 0.3), seed);
        var controller = new AutoWarmup(WarmupRun.Plan(Epochs, stepsPerEpoch), AutoWarmupSettings.Paper);
        var found = WarmupRun.Of(controller, loss, end: controller.WarmupUpdates).State.Switch!;
        var twin = new PublishedWarmup(stepsPerEpoch, Epochs, seed).Run(loss);

        Assert.Equal(twin.Step, found.Updates);
        Assert.Equal(twin.Rate, found.LearningRate, 0.05 * twin.Rate);
    }

    // Losses by update and rate; the critical rate is where they turn, if they do.
    private static Func<long, double, double> Curve(string shape, double critical, double noise, long seed)
    {
        var valley = WarmupRun.Valley(critical, noise, seed);
        return shape switch
        {
            "cliff" => WarmupRun.Valley(critical, noise, seed, rise: 20),
            "plateau" => WarmupRun.Valley(critical, noise, seed, rise: 0),
            "flat" => (update, _) => 2.3 + (noise * new CounterRandom(seed, 5, update).NextNormal()),
            "falling" => WarmupRun.Valley(critical: 10, noise, seed),
            "lost" => (update, rate) => rate > 10 * critical ? double.NaN : valley(update, rate),
            _ => valley,
        };
    }
}
