using Rubato.Control;
using Rubato.Numerics;
using Rubato.Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class WarmingTests
{
    [Fact]
    public void Train_LeastSquares_FindsARateBelowTheLargestStableOne()
    {
        // Half of 20 w^2, with noise in the gradient: rates above 0.1 diverge.
        var (weight, draws) = (5.0, new CounterRandom(1, 1, 1));
        double Update(HyperParameters values)
        {
            var loss = 10 * weight * weight;
            weight -= values.LearningRate * ((20 * weight) + draws.NextNormal());
            return loss;
        }

        var state = Warming.Train(Warming.Controller(), Update);

        Assert.InRange(state.Switch!.LearningRate, 1e-3, 0.1);
        Assert.InRange(10 * weight * weight, 0, 0.1);
    }

    [Fact]
    public void Other_Settings_ThePapersWithAnotherCooldown()
    {
        var controller = Warming.Other(Warming.Controller().Plan);

        Assert.Equal((10.0, 3), (controller.Settings.MaxLr, controller.Settings.Patience));
        Assert.Equal("1 then cosine(1 -> 0, 0.3dur)", controller.Settings.Cooldown.ToString());
    }

    [Fact]
    public void SaveAndRestore_State_Equal()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        var state = new AutoWarmupState { Tests = 3, Verdicts = 1, Probability = 0.97 };

        Assert.Equal(state, Warming.SaveAndRestore(state, path));
        File.Delete(path);
    }
}
