using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class SgdpTests
{
    [Theory]
    [InlineData("sgdp", 1e-8, 0.1, 0.1, 0, false)]
    [InlineData("sgdp(nesterov true)", 1e-8, 0.1, 0.1, 0, true)]
    [InlineData("sgdp(delta 0.5, wd-ratio 0, eps 1e-3, dampening 0.4)", 1e-3, 0.5, 0, 0.4, false)]
    [InlineData("sgdp(delta 0, dampening 0.9, nesterov true)", 1e-8, 0, 0.1, 0.9, true)]
    public void Step_HundredStepsOfChangingHyperParameters_AgreesWithTheTwin(
        string text, double epsilon, double delta, double ratio, double dampening, bool nesterov)
    {
        foreach (var invariance in new[] { 0, 0.9, 1 })
        {
            LayerCase.Run(
                text,
                (rows, count) => new LayerTwin.Sgdp(rows, count, epsilon, delta, ratio, dampening, nesterov),
                invariance,
                (0.001, 0.02));
        }
    }

    [Fact]
    public void Step_ScaleInvariantWeight_KeepsItsNormToSecondOrder()
    {
        using var scope = NewDisposeScope();
        double[] w = [3, 4];
        var leaf = LayerCase.Leaf(w, [1, 2]);
        using var optimizer = new Sgdp([new ParameterGroup([leaf])]);
        for (var step = 0; step < 20; step++)
        {
            w = Numbers.Values(leaf);
            var before = (w[0] * w[0]) + (w[1] * w[1]);
            var moved = LayerCase.Subtracted(optimizer, leaf, [w[1], -w[0]], new HyperParameters(0.01, 1, 0.9, 0));
            Assert.InRange(Math.Abs((moved[0] * w[0]) + (moved[1] * w[1])), 0, 1e-8);
            var after = Numbers.Values(leaf);
            Assert.Equal(before + (moved[0] * moved[0]) + (moved[1] * moved[1]), (after[0] * after[0]) + (after[1] * after[1]), 1e-7);
        }
    }

    [Fact]
    public void Step_OneDimensionWithoutDecay_IsSgds()
    {
        using var scope = NewDisposeScope();
        double[] start = [3, 4];
        var (leaf, other) = (LayerCase.Leaf(start, [2]), LayerCase.Leaf(start, [2]));
        using var optimizer = new Sgdp([new ParameterGroup([leaf])], nesterov: true);
        using var sgd = new Sgd([new ParameterGroup([other])], nesterov: true);
        for (var step = 0; step < 5; step++)
        {
            var with = new HyperParameters(0.01, 1, 0.9, 0);
            LayerCase.Subtracted(optimizer, leaf, [4, -3], with);
            LayerCase.Subtracted(sgd, other, [4, -3], with);
        }

        Numbers.Close(Numbers.Values(other), Numbers.Values(leaf), 1e-14, 0);
    }
}
