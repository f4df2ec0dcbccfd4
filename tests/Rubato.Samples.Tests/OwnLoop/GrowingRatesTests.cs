using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class GrowingRatesTests
{
    // The loss is -<w, target> / |w|.
    private static readonly double[] Target = [0.6, 0.8];

    [Fact]
    public void Train_WithoutWeightDecay_TheDirectionOfTheRunWithIt()
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(400),
            LearningRate = Schedule.Parse("linear(0 -> 0.05, 40ba) then cosine(0.05 -> 0)"),
            BatchSize = 1,
            Momentum = 0.9,
            WeightDecay = 0.02,
        });
        double[] weights = [1, -0.5];
        double[] decayed = [1, -0.5];

        var state = GrowingRates.Train(new Driver(plan), weights, new double[2], (w, _) => (0, Gradient(w)));
        Decay(plan, decayed);

        Assert.InRange(state.LogGrowth, 1, 100);
        Assert.Equal(Direction(decayed), Direction(weights), 1e-12);
        Assert.Equal(Length(decayed) * state.Scale, Length(weights), 1e-9);
    }

    private static void Decay(TrainingPlan plan, double[] weights)
    {
        var velocity = new double[2];
        foreach (var update in plan.EnumerateUpdates())
        {
            var made = update.HyperParameters;
            var gradient = Gradient(weights);
            for (var i = 0; i < 2; i++)
            {
                velocity[i] = (made.Momentum * velocity[i]) + gradient[i] + (made.WeightDecay * weights[i]);
                weights[i] -= made.LearningRate * velocity[i];
            }
        }
    }

    private static double[] Gradient(double[] weights)
    {
        var length = Length(weights);
        var along = ((weights[0] * Target[0]) + (weights[1] * Target[1])) / (length * length);
        return [((along * weights[0]) - Target[0]) / length, ((along * weights[1]) - Target[1]) / length];
    }

    private static double Length(double[] weights) => Math.Sqrt((weights[0] * weights[0]) + (weights[1] * weights[1]));

    private static double Direction(double[] weights) => Math.Atan2(weights[1], weights[0]);
}
