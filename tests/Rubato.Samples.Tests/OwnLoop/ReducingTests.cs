using Rubato.Control;
using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class ReducingTests
{
    [Fact]
    public void Train_LossThatFallsForTenEpochs_ReducedAfterThePatienceOnly()
    {
        // Twenty updates an epoch: the last of the first ten epochs has the best mean, and four that are no better come after it.
        var rates = new List<double>();
        double Update(HyperParameters values)
        {
            rates.Add(values.LearningRate);
            return Math.Max(20 - ((rates.Count - 1) / 20), 11);
        }

        var driver = Reducing.Start();
        Reducing.Train(driver, Update);
        var state = (ReduceOnPlateauState)driver.State;

        Assert.Equal(1800, rates.Count);
        Assert.Equal((0, 0.05, 0.1), (rates[0], rates[20], rates[40]));
        Assert.All(rates[40..280], rate => Assert.Equal(0.1, rate));
        Assert.All(rates[280..360], rate => Assert.Equal(0.05, rate));
        Assert.Equal((20L, 11.0), (state.Plateau.Reductions, state.Plateau.Best));
    }

    [Fact]
    public void Train_AccuracyThatRisesForTenEpochs_ReducedAfterThePatienceOnly()
    {
        var (rates, epochs) = (new List<double>(), 0);
        double Update(HyperParameters values)
        {
            rates.Add(values.LearningRate);
            return 1;
        }

        Reducing.Train(Reducing.StartOfEvaluations(), Update, () => Math.Min(++epochs, 10) / 20.0);

        Assert.Equal((400, 20), (rates.Count, epochs));
        Assert.All(rates[..280], rate => Assert.Equal(0.1, rate));
        Assert.All(rates[280..360], rate => Assert.Equal(0.05, rate));
        Assert.All(rates[360..], rate => Assert.Equal(0.025, rate));
    }
}
