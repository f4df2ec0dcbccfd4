using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

/// <summary>
/// The mean of <c>ln(1 + exp(-2 y x w / |w|))</c> over random samples, which the length of w has no effect on, and two runs on it side by side: a plan with weight
/// decay, and its exponential form without.
/// </summary>
internal static class ScaleInvariantLoss
{
    private const int Dimensions = 6;
    private const int Samples = 40;
    private const int Batch = 8;
    private const double Slope = 2;
    private const double Limit = 1e6;
    private static readonly double[][] Inputs = RandomInputs();

    /// <summary>The largest differences after any update; all corrections of the buffer are made, or those that are wanted.</summary>
    internal static Difference Compare(ExponentialPlan plan, Func<BufferCorrection, bool>? applies = null)
    {
        var (weights, buffer) = (Initial(), new double[Dimensions]);
        var (grown, grownBuffer) = (Initial(), new double[Dimensions]);
        var (shift, shifts, next, worst) = (default(ScaleShift), 0, 0, default(Difference));
        foreach (var update in plan.EnumerateUpdates())
        {
            if (next < plan.Corrections.Length && plan.Corrections[next].Step == update.Step)
            {
                var coefficient = applies?.Invoke(plan.Corrections[next]) ?? true ? plan.Corrections[next].CoefficientAt(shift) : 0;
                grownBuffer = [.. grownBuffer.Zip(grown, (v, w) => v + (coefficient * w))];
                next++;
            }

            var total = shift.ForRate(update.LogRate, Limit);
            var factor = shift.FactorTo(total);
            grown = [.. grown.Select(w => w * factor)];
            grownBuffer = [.. grownBuffer.Select(v => v / factor)];
            (shift, shifts) = (total, shifts + (factor == 1 ? 0 : 1));

            var made = plan.Source.ValuesAt(update.Start, plan.Group);
            Step(weights, buffer, update.Step, made.LearningRate, made.Momentum, made.WeightDecay);
            Step(grown, grownBuffer, update.Step, Math.Exp(shift.LogRate(update.LogRate)), update.Momentum, 0);
            worst = new Difference(
                Math.Max(worst.Loss, Math.Abs(Loss(weights) - Loss(grown))),
                Math.Max(worst.Direction, Direction(weights).Zip(Direction(grown), (a, b) => Math.Abs(a - b)).Max()),
                Math.Max(worst.Scale, Math.Abs(Math.Log(Norm(grown) / Norm(weights)) - shift.LogGrowth(update.LogGrowthAfter))),
                shifts);
        }

        return worst;
    }

    /// <summary>The same, update by update as a training makes them; the state goes through its numbers each time.</summary>
    internal static Difference Compare(TrainingPlan plan, ExponentialGrowth growth)
    {
        var (weights, buffer) = (Initial(), new double[Dimensions]);
        var (grown, grownBuffer) = (Initial(), new double[Dimensions]);
        var (numbers, scale, shifts, worst) = (new double[GrowthState.Numbers], 1.0, 0, default(Difference));
        foreach (var update in plan.EnumerateUpdates())
        {
            var made = update.HyperParameters;
            var step = growth.Next(made, GrowthState.From(numbers));
            grownBuffer = [.. grownBuffer.Zip(grown, (v, w) => v + (step.BufferCorrection * w))];
            Step(weights, buffer, update.Step, made.LearningRate, made.Momentum, made.WeightDecay);
            Step(grown, grownBuffer, update.Step, step.LearningRate, step.Momentum, 0);
            grown = [.. grown.Select(w => w * step.ShiftFactor)];
            grownBuffer = [.. grownBuffer.Select(v => v / step.ShiftFactor)];
            scale *= step.ScaleFactor;
            shifts += step.ShiftFactor == 1 ? 0 : 1;
            step.After.CopyTo(numbers);
            var kept = Norm(grown) / Norm(weights);
            worst = new Difference(
                Math.Max(worst.Loss, Math.Abs(Loss(weights) - Loss(grown))),
                Math.Max(worst.Direction, Direction(weights).Zip(Direction(grown), (a, b) => Math.Abs(a - b)).Max()),
                Math.Max(worst.Scale, Math.Max(Math.Abs((kept / step.After.Scale) - 1), Math.Abs((kept / scale) - 1))),
                shifts);
        }

        return worst;
    }

    private static void Step(double[] weights, double[] buffer, long step, double rate, double momentum, double decay)
    {
        var gradient = Gradient(weights, step);
        for (var i = 0; i < weights.Length; i++)
        {
            buffer[i] = (momentum * buffer[i]) + gradient[i] + (decay * weights[i]);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] -= rate * buffer[i];
        }
    }

    private static double Loss(double[] weights)
    {
        var norm = Norm(weights);
        return Inputs.Average(input => Math.Log(1 + Math.Exp(-Slope * Dot(input, weights) / norm)));
    }

    // Of the update's own batch; at right angles to the weights, and shorter for longer ones.
    private static double[] Gradient(double[] weights, long step)
    {
        var norm = Norm(weights);
        var gradient = new double[Dimensions];
        for (var k = 0; k < Batch; k++)
        {
            var input = Inputs[((step * Batch) + (k * 7)) % Samples];
            var product = Dot(input, weights) / norm;
            var slope = -Slope / (1 + Math.Exp(Slope * product)) / (Batch * norm);
            for (var i = 0; i < Dimensions; i++)
            {
                gradient[i] += slope * (input[i] - (product * weights[i] / norm));
            }
        }

        return gradient;
    }

    private static double[] Direction(double[] weights)
    {
        var norm = Norm(weights);
        return [.. weights.Select(weight => weight / norm)];
    }

    private static double Norm(double[] values) => Math.Sqrt(Dot(values, values));

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static double[] Initial() => [1, -0.5, 0.25, 0.8, -0.3, 0.6];

    // Multiplied by their labels: where the second coordinate is not noise, it says the label.
    private static double[][] RandomInputs()
    {
        var random = new CounterRandom(3, 1, 0);
        var inputs = new double[Samples][];
        for (var n = 0; n < Samples; n++)
        {
            inputs[n] = new double[Dimensions];
            for (var i = 0; i < Dimensions; i++)
            {
                inputs[n][i] = random.NextNormal() + (i == 1 ? 0.7 : 0);
            }
        }

        return inputs;
    }
}

/// <summary>How far two runs were apart at most: in the loss, in a coordinate of the direction, in ln of the weights' quotient; and how often weights were shifted.</summary>
internal readonly record struct Difference(double Loss, double Direction, double Scale, int Shifts);
