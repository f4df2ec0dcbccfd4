using Rubato.Control;
using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class DescendingTests
{
    private static readonly double[] Best = [3, -1, 2];

    // Half a squared distance has the squared distance as its squared norm: whatever the weights, the step to 0 has the rate 0.5.
    [Fact]
    public void Plain_HalfASquaredDistance_TheRateIsAHalfTimesTheShape()
    {
        var (driver, weights, rates) = (Descending.Start(), new double[3], new List<double>());
        Descending.Plain(driver, weights, (now, _) => Seen(driver, now, rates));

        Assert.Equal(100, rates.Count);
        Assert.Equal(0.1 * 0.04, rates[0], 1e-12);
        Assert.Equal(0.5, ((PolyakState)driver.State).Base, 1e-12);
        Assert.Equal(0.5, rates[20], 1e-12);
        Assert.Equal(0.25, rates[60], 1e-12);
        Assert.All(weights.Zip(Best), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void Any_PlainSgd_TheSame()
    {
        var (driver, other, rates, others) = (Descending.Start(), Descending.Start(), new List<double>(), new List<double>());
        Descending.Plain(driver, new double[3], (now, _) => Seen(driver, now, rates));
        Descending.Any(
            other,
            new double[3],
            (now, _) => Seen(other, now, others),
            (now, gradient, values) =>
            {
                for (var i = 0; i < now.Length; i++)
                {
                    now[i] -= values.LearningRate * gradient[i];
                }
            });
        Assert.Equal(100, others.Count);
        Assert.All(rates.Zip(others), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    private static (double Loss, double[] Gradient) Seen(Driver driver, double[] weights, List<double> rates)
    {
        rates.Add(driver.Next.LearningRate);
        double[] gradient = [.. weights.Zip(Best, (now, best) => now - best)];
        return (gradient.Sum(value => value * value) / 2, gradient);
    }
}
