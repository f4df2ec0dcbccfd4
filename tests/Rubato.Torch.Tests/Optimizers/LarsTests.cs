using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class LarsTests
{
    [Theory]
    [InlineData("lars", 0.001)]
    [InlineData("lars(trust 0.02)", 0.02)]
    public void Step_HundredStepsOfChangingHyperParameters_AgreesWithTheTwin(string text, double trust) =>
        LayerCase.Run(text, (rows, count) => new LayerTwin.Lars(rows > 0, count, trust), 0, (0.05, 1));

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(1e6)]
    public void Step_FirstOfAWeightWithoutDecay_IsInProportionToTheWeight(double scale)
    {
        using var scope = NewDisposeScope();
        // |w| = 5: a step of 0.5 * 0.01 * 5 along (0.6, 0.8), however long the gradient.
        var leaf = LayerCase.Leaf([3, 4], [1, 2]);
        using var optimizer = new Lars([new ParameterGroup([leaf])], trust: 0.01);
        var moved = LayerCase.Subtracted(optimizer, leaf, [0.6 * scale, 0.8 * scale], new HyperParameters(0.5, 1, 0.9, 0));
        Numbers.Close([0.015, 0.02], moved, 1e-12, 0);
    }

    [Fact]
    public void Step_RateFallsToZero_TheBufferMovesOn()
    {
        using var scope = NewDisposeScope();
        var leaf = LayerCase.Leaf([10], [1]);
        using var optimizer = new Lars([new ParameterGroup([leaf])]);
        Numbers.Close([1], LayerCase.Subtracted(optimizer, leaf, [2], new HyperParameters(0.5, 1, 0.9, 0)), 1e-14, 0);
        // What the buffer holds was scaled by the rate that it came with.
        Numbers.Close([0.9], LayerCase.Subtracted(optimizer, leaf, [2], new HyperParameters(0, 1, 0.9, 0)), 1e-14, 0);
    }

    [Fact]
    public void Step_ZeroNorms_HaveRatioOne()
    {
        using var scope = NewDisposeScope();
        var (weight, still) = (LayerCase.Leaf([0, 0], [1, 2]), LayerCase.Leaf([3, 4], [2, 1]));
        using var optimizer = new Lars([new ParameterGroup([weight, still])]);
        (still * 0).sum().backward();
        var moved = LayerCase.Subtracted(optimizer, weight, [2, -0.5], new HyperParameters(0.1, 1, 0.9, 0.5));
        Numbers.Close([0.2, -0.05], moved, 1e-14, 0);
        // rate decay w, with local 1.
        Numbers.Close([3 - 0.15, 4 - 0.2], Numbers.Values(still), 1e-14, 0);
    }

    [Fact]
    public void Step_OneDimension_IsMomentumWithTheRateInTheBufferAndNoDecay()
    {
        using var scope = NewDisposeScope();
        var leaf = LayerCase.Leaf([3, 4], [2]);
        using var optimizer = new Lars([new ParameterGroup([leaf])]);
        var with = new HyperParameters(0.1, 1, 0.5, 0.3);
        Numbers.Close([0.1, -0.2], LayerCase.Subtracted(optimizer, leaf, [1, -2], with), 1e-12, 0);
        Numbers.Close([0.15, -0.3], LayerCase.Subtracted(optimizer, leaf, [1, -2], with), 1e-12, 0);
    }
}
