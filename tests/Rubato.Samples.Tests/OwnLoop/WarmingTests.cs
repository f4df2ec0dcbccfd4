using Rubato.Control;
using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class WarmingTests
{
    [Fact]
    public void Train_LeastSquares_FindsARateBelowTheLargestStableOne()
    {
        // Half of 20 w^2, with noise in the gradient: rates above 0.1 diverge.
        var (weight, draws) = (5.0, new CounterRandom(1, 1, 1));
        double Update(HyperParameters values, HyperParameters head)
        {
            var loss = 10 * weight * weight;
            weight -= values.LearningRate * ((20 * weight) + draws.NextNormal());
            return loss;
        }

        var driver = Warming.Start();
        Warming.Train(driver, Update);
        var state = (AutoWarmupState)driver.State;

        Assert.InRange(state.Switch!.LearningRate, 1e-3, 0.1);
        Assert.InRange(10 * weight * weight, 0, 0.1);
    }

    [Fact]
    public void Other_Settings_ThePapersWithAnotherCooldown()
    {
        var controller = Warming.Other(Warming.Start().Plan);

        Assert.Equal((10.0, 3), (controller.Settings.MaxLr, controller.Settings.Patience));
        Assert.Equal("1 then cosine(1 -> 0, 0.3dur)", controller.Settings.Cooldown.ToString());
    }
}
