using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

/// <summary>Tensors of several shapes beside their twins, and 100 steps of both with hyper-parameters that change with each.</summary>
/// <param name="Projections">How many of the twins' steps took something out of the direction.</param>
/// <param name="StepsOfWeights">How many steps there were of tensors that have more than one dimension.</param>
internal sealed record LayerCase(int Projections, int StepsOfWeights)
{
    private const int Steps = 100;

    private static readonly (long[] Shape, bool ChannelsLast)[] Layers =
        [([5], false), ([4, 6], false), ([1, 9], false), ([3, 4, 3, 2], false), ([3, 4, 3, 2], true), ([2, 1, 3], false)];

    /// <summary>Runs both and compares after each step, in float64.</summary>
    /// <param name="optimizer">The text form.</param>
    /// <param name="twinOf">The twin of a tensor by its number of rows (0 for one dimension) and of numbers.</param>
    /// <param name="scaleInvariance">The share of a gradient's part along the weight's rows that is taken out of it.</param>
    /// <param name="rates">The lowest and the highest rate.</param>
    public static LayerCase Run(string optimizer, Func<int, int, LayerTwin> twinOf, double scaleInvariance, (double Low, double High) rates)
    {
        using var scope = NewDisposeScope();
        var weights = Layers.Select((layer, i) => Numbers.Draw(40 + i, (int)layer.Shape.Aggregate(1L, (a, b) => a * b))).ToArray();
        var leaves = Layers.Select((layer, i) => Leaf(weights[i], layer.Shape, layer.ChannelsLast)).ToArray();
        var twins = Layers.Select((layer, i) => twinOf(RowsOf(layer.Shape), weights[i].Length)).ToArray();
        using var tested = OptimizerCatalog.Parse(optimizer).Create(
            [new ParameterGroup(leaves[..3]), new ParameterGroup(leaves[3..], 2, 0.5, planGroup: 0)]);
        var random = new CounterRandom(5, 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var (own, plan) = (Draw(random, step, rates), Draw(random, step + 3, rates));
            var gradients = weights.Select((w, i) => Gradient(random, w, RowsOf(Layers[i].Shape), scaleInvariance)).ToArray();
            using (NewDisposeScope())
            {
                for (var i = 0; i < leaves.Length; i++)
                {
                    (leaves[i] * Numbers.Of(gradients[i], Layers[i].Shape)).sum().backward();
                }
            }

            tested.TakeGradients();
            tested.Step(own, [plan]);
            for (var i = 0; i < leaves.Length; i++)
            {
                var with = i < 3 ? own : plan with { LearningRate = 2 * plan.LearningRate, WeightDecay = plan.WeightDecay / 2 };
                twins[i].Step(weights[i], gradients[i], with.LearningRate, with.Momentum, with.WeightDecay);
                Numbers.Close(weights[i], Numbers.Values(leaves[i]), 1e-9, 1e-12);
            }
        }

        return new LayerCase(twins.Sum(twin => twin.Projections), Steps * Layers.Count(layer => layer.Shape.Length > 1));
    }

    private static int RowsOf(long[] shape) => shape.Length > 1 ? (int)shape[0] : 0;

    private static HyperParameters Draw(CounterRandom random, int step, (double Low, double High) rates) => new(
        random.NextDouble(rates.Low, rates.High),
        1,
        step % 10 == 3 ? 0 : random.NextDouble(0.5, 0.95),
        step % 10 == 7 ? 0 : random.NextDouble(0, 0.1));

    private static double[] Gradient(CounterRandom random, double[] w, int rows, double scaleInvariance)
    {
        double[] g = [.. w.Select(_ => random.NextDouble(-1, 1))];
        var n = rows == 0 ? 0 : w.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            var (dot, square) = (0.0, 0.0);
            for (var i = row * n; i < (row + 1) * n; i++)
            {
                dot += w[i] * g[i];
                square += w[i] * w[i];
            }

            for (var i = row * n; i < (row + 1) * n; i++)
            {
                g[i] -= scaleInvariance * dot / square * w[i];
            }
        }

        return g;
    }

    internal static Tensor Leaf(double[] values, long[] shape, bool channelsLast = false)
    {
        var leaf = Numbers.Of(values, shape);
        leaf = channelsLast ? MemoryOrder.Arrange(leaf, MemoryFormat.ChannelsLast) : leaf;
        leaf.requires_grad = true;
        return leaf;
    }

    /// <summary>One step of an optimizer with a gradient of its own; gives what was subtracted.</summary>
    internal static double[] Subtracted(Optimizer optimizer, Tensor leaf, double[] gradient, HyperParameters with)
    {
        var before = Numbers.Values(leaf);
        using (NewDisposeScope())
        {
            (leaf * Numbers.Of(gradient, leaf.shape).to(leaf.dtype)).sum().backward();
        }

        optimizer.TakeGradients();
        optimizer.Step(with);
        return [.. before.Zip(Numbers.Values(leaf), (a, b) => a - b)];
    }
}
