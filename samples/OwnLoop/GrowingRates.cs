using Rubato;
using Rubato.Rewrites;

namespace Samples.OwnLoop;

/// <summary>The loop of docs/exponential.md.</summary>
public static class GrowingRates
{
    /// <summary>Trains weights whose length has no effect, without weight decay; gives back how they have grown instead.</summary>
    public static GrowthState Train(Driver driver, double[] weights, double[] velocity, Func<double[], HyperParameters, (double Loss, double[] Gradient)> gradientOf)
    {
        // <snippet growing-rates>
        var growth = new ExponentialGrowth();
        var state = default(GrowthState);
        while (driver.TryNext(out var values))
        {
            var step = growth.Next(values, state);
            var (loss, gradient) = gradientOf(weights, values);
            for (var i = 0; i < weights.Length; i++)
            {
                velocity[i] = (step.Momentum * velocity[i]) + gradient[i];
                weights[i] = (weights[i] - (step.LearningRate * velocity[i])) * step.ShiftFactor;
                velocity[i] /= step.ShiftFactor;
            }

            state = step.After;
            driver.Report(loss);
        }

        Console.WriteLine($"the weights are {state.Scale:F1} times as long as with weight decay; unscaled they would be e^{state.LogGrowth:F1} times as long");
        // </snippet>
        return state;
    }
}
