using Rubato.Control.Controllers;
using Rubato.Numerics;

namespace Rubato.Tests.Control.Controllers;

public sealed partial class AutoWarmupTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Paper_RandomCurve_SwitchesAsTheDenseTwin(long seed)
    {
        var (found, twin) = BesideTheTwin(seed);

        Assert.Equal(twin.Step, found.Updates);
        Assert.Equal(twin.Rate, found.LearningRate, 0.05 * twin.Rate);
    }

    private static (AutoWarmupSwitch Found, (int Step, double Rate) Twin) BesideTheTwin(long seed)
    {
        const int Epochs = 20;
        var random = new CounterRandom(seed, 6, 0);
        var stepsPerEpoch = 5 + random.NextInt(11);
        var loss = WarmupRun.Valley(Math.Pow(10, random.NextDouble(-4, -1)), random.NextDouble(0.02, 0.3), seed);
        var controller = new AutoWarmup(WarmupRun.Plan(Epochs, stepsPerEpoch), AutoWarmupSettings.Paper);
        var state = WarmupRun.Of(controller, loss, end: controller.WarmupUpdates).State;
        return (state.Switch!, new PublishedWarmup(stepsPerEpoch, Epochs, seed).Run(loss));
    }
}
