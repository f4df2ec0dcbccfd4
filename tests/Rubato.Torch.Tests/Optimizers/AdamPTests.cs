using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class AdamPTests
{
    [Theory]
    [InlineData("adamp", 0.999, 1e-8, 0.1, 0.1, false)]
    [InlineData("adamp(nesterov true)", 0.999, 1e-8, 0.1, 0.1, true)]
    [InlineData("adamp(delta 0.5, wd-ratio 0, beta2 0.9, eps 1e-3)", 0.9, 1e-3, 0.5, 0, false)]
    [InlineData("adamp(delta 0.5, wd-ratio 1, nesterov true)", 0.999, 1e-8, 0.5, 1, true)]
    public void Step_HundredStepsOfChangingHyperParameters_AgreesWithTheTwin(
        string text, double beta2, double epsilon, double delta, double ratio, bool nesterov)
    {
        foreach (var invariance in new[] { 0, 0.9, 1 })
        {
            LayerCase.Run(
                text,
                (rows, count) => new LayerTwin.AdamP(rows, count, beta2, epsilon, delta, ratio, nesterov),
                invariance,
                (0.001, 0.02));
        }
    }

    [Fact]
    public void Step_GradientsOfTheTwinCases_TakeAllWays()
    {
        LayerCase Run(double invariance) => LayerCase.Run(
            "adamp", (rows, count) => new LayerTwin.AdamP(rows, count, 0.999, 1e-8, 0.1, 0.1, nesterov: false), invariance, (0.001, 0.02));

        var (random, invariant) = (Run(0), Run(1));
        Assert.InRange(random.Projections, 1, random.StepsOfWeights / 2);
        Assert.Equal(invariant.StepsOfWeights, invariant.Projections);
    }

    [Theory]
    [InlineData(ScalarType.Float64, false, 1e-7)]
    [InlineData(ScalarType.Float64, true, 1e-7)]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    public void Step_GradientAcrossEachChannel_StepsAcrossEachChannel(ScalarType type, bool channelsLast, double tolerance)
    {
        using var scope = NewDisposeScope();
        // Rows (1, 2, 0, 0) and (0, 0, 3, 4) with gradients at right angles, which Adam's root turns out of it.
        double[] w = [1, 2, 0, 0, 0, 0, 3, 4];
        double[] g = [2, -1, 0.5, 0, 7, 0.1, 0.8, -0.6];
        var leaf = LayerCase.Leaf(w, [2, 2, 2, 1], channelsLast);
        if (type == ScalarType.Float32)
        {
            leaf = leaf.detach().to(type);
            leaf.requires_grad = true;
        }

        using var optimizer = new AdamP([new ParameterGroup([leaf])]);
        var step = LayerCase.Subtracted(optimizer, leaf, g, new HyperParameters(0.1, 1, 0.9, 0));
        Assert.InRange(Math.Abs(Dot(w[..4], step[..4])), 0, tolerance);
        Assert.InRange(Math.Abs(Dot(w[4..], step[4..])), 0, tolerance);
        // Adam's step has length 0.1 times the root of the number of gradients that are not 0.
        Assert.InRange(Math.Sqrt(Dot(step, step)), 0.05, 0.1 * Math.Sqrt(7));
    }

    [Fact]
    public void Step_GradientAcrossTheWholeAlone_StepsAcrossTheWhole()
    {
        using var scope = NewDisposeScope();
        // Each row's gradient points along the row, in opposite directions: at right angles as one row only.
        double[] w = [1, 2, 2, 1];
        double[] g = [1, 2, -2, -1];
        var leaf = LayerCase.Leaf(w, [2, 2]);
        using var optimizer = new AdamP([new ParameterGroup([leaf])], beta2: 0.5);
        var step = LayerCase.Subtracted(optimizer, leaf, g, new HyperParameters(0.1, 1, 0.9, 0));
        Assert.InRange(Math.Abs(Dot(w, step)), 0, 1e-8);
        Assert.InRange(Dot(w[..2], step[..2]), 0.1, 1);
        // Once more with a root that is not the same for all: now the momentum has a part along the weight.
        w = Numbers.Values(leaf);
        step = LayerCase.Subtracted(optimizer, leaf, [w[3], 5 * w[2], -5 * w[1], -w[0]], new HyperParameters(0.1, 1, 0.9, 0));
        Assert.InRange(Math.Abs(Dot(w, step)), 0, 1e-7);
    }

    [Theory]
    [InlineData("adamp", 0.1)]
    [InlineData("adamp(wd-ratio 0.7)", 0.7)]
    [InlineData("adamp(delta 0)", 1)]
    public void Step_ZeroGradient_DecaysByTheRatio(string text, double ratio)
    {
        using var scope = NewDisposeScope();
        // The cosine of nothing is 0, so that a weight without gradient counts as scale-invariant.
        var weight = LayerCase.Leaf([1, 2, 3, 4], [2, 2]);
        var bias = LayerCase.Leaf([1, 2], [2]);
        using var optimizer = OptimizerCatalog.Parse(text).Create([new ParameterGroup([weight, bias])]);
        (bias * 0).sum().backward();
        var step = LayerCase.Subtracted(optimizer, weight, [0, 0, 0, 0], new HyperParameters(0.1, 1, 0.9, 0.5));
        Numbers.Close([.. new[] { 1.0, 2, 3, 4 }.Select(w => 0.05 * ratio * w)], step, 1e-12, 0);
        Numbers.Close([0.95, 1.9], Numbers.Values(bias), 1e-14, 0);
    }

    [Fact]
    public void Step_OneDimension_IsAdamWs()
    {
        using var scope = NewDisposeScope();
        double[] start = [3, 4];
        var (leaf, other) = (LayerCase.Leaf(start, [2]), LayerCase.Leaf(start, [2]));
        using var optimizer = new AdamP([new ParameterGroup([leaf])]);
        using var adam = new Adam([new ParameterGroup([other])], decoupled: true);
        for (var step = 0; step < 5; step++)
        {
            // At right angles to the start.
            var with = new HyperParameters(0.01, 1, 0.9, 0.3);
            LayerCase.Subtracted(optimizer, leaf, [4, -3], with);
            LayerCase.Subtracted(adam, other, [4, -3], with);
        }

        Numbers.Close(Numbers.Values(other), Numbers.Values(leaf), 1e-12, 0);
    }

    [Fact]
    public void Groups_OfBothKinds_AreSplitWithTheirMultipliers()
    {
        using var scope = NewDisposeScope();
        var (scale, bias, weight) = (LayerCase.Leaf([1], [1]), LayerCase.Leaf([2], [1]), LayerCase.Leaf([1, 2], [1, 2]));
        using var optimizer = new AdamP([new ParameterGroup([scale]), new ParameterGroup([bias, weight], 2, 0.5, planGroup: 3)]);
        Assert.Equal(
            [(1, 1.0, 1.0, -1), (2, 2.0, 0.5, 3), (1, 2.0, 0.5, 3)],
            optimizer.Groups.Select(group => (
                group.Parameters[0].shape.Length, group.RateMultiplier, group.DecayMultiplier, group.PlanGroup)));
        Assert.Equal(4, optimizer.PlanGroupCount);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
