using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class LambTests
{
    [Theory]
    [InlineData("lamb", 0.999, 1e-6, true)]
    [InlineData("lamb(bias-correction false)", 0.999, 1e-6, false)]
    [InlineData("lamb(beta2 0.9, eps 0.01)", 0.9, 0.01, true)]
    [InlineData("lamb(beta2 0, bias-correction false)", 0, 1e-6, false)]
    public void Step_HundredStepsOfChangingHyperParameters_AgreesWithTheTwin(string text, double beta2, double epsilon, bool corrects) =>
        LayerCase.Run(text, (rows, count) => new LayerTwin.Lamb(rows > 0, count, beta2, epsilon, corrects), 0, (0.001, 0.02));

    [Theory]
    [InlineData("lamb", 0)]
    [InlineData("lamb", 0.3)]
    [InlineData("lamb(bias-correction false)", 0)]
    [InlineData("lamb(bias-correction false)", 0.3)]
    public void Step_OfAWeight_IsAsLongAsTheRateTimesItsNorm(string text, double decay)
    {
        using var scope = NewDisposeScope();
        double[] w = [1, 2, 3, 1, 1];
        var leaf = LayerCase.Leaf(w, [5, 1]);
        using var optimizer = OptimizerCatalog.Parse(text).Create([new ParameterGroup([leaf])]);
        for (var step = 0; step < 10; step++)
        {
            w = Numbers.Values(leaf);
            var with = new HyperParameters(0.01, 1, 0.9, decay);
            var moved = LayerCase.Subtracted(optimizer, leaf, [.. w.Select((x, i) => (x - i) * Math.Pow(10, step - 5))], with);
            Assert.Equal(0.01 * Norm(w), Norm(moved), 1e-14);
        }
    }

    [Fact]
    public void Step_BiasCorrectionWithoutDecay_ChangesOnlyWhatEpsilonIs()
    {
        using var scope = NewDisposeScope();
        double[] w = [1, 2, 3, 4];
        var (leaf, other) = (LayerCase.Leaf(w, [2, 2]), LayerCase.Leaf(w, [2, 2]));
        using var with = new Lamb([new ParameterGroup([leaf])], epsilon: 1e-300);
        using var without = new Lamb([new ParameterGroup([other])], epsilon: 1e-300, biasCorrection: false);
        LayerCase.Subtracted(with, leaf, [1, -2, 3, 5], new HyperParameters(0.1, 1, 0.9, 0));
        LayerCase.Subtracted(without, other, [1, -2, 3, 5], new HyperParameters(0.1, 1, 0.9, 0));
        Numbers.Close(Numbers.Values(other), Numbers.Values(leaf), 1e-12, 0);
    }

    [Fact]
    public void Step_ZeroNorms_HaveRatioOne()
    {
        using var scope = NewDisposeScope();
        var (weight, still) = (LayerCase.Leaf([0, 0], [1, 2]), LayerCase.Leaf([3, 4], [2, 1]));
        using var optimizer = new Lamb([new ParameterGroup([weight, still])]);
        (still * 0).sum().backward();
        var moved = LayerCase.Subtracted(optimizer, weight, [2, -0.5], new HyperParameters(0.1, 1, 0.9, 0));
        // Adam's first step: the rate, by the sign of the gradient.
        Numbers.Close([0.1, -0.1], moved, 1e-5, 0);
        Assert.Equal([3.0, 4.0], Numbers.Values(still));
    }

    [Fact]
    public void Step_OneDimension_IsAdamsWithoutDecay()
    {
        using var scope = NewDisposeScope();
        var (leaf, other) = (LayerCase.Leaf([3, 4], [2]), LayerCase.Leaf([3, 4], [2]));
        using var optimizer = new Lamb([new ParameterGroup([leaf])]);
        using var adam = new Adam([new ParameterGroup([other])], decoupled: false, epsilon: 1e-6);
        for (var step = 0; step < 5; step++)
        {
            LayerCase.Subtracted(optimizer, leaf, [4, -3], new HyperParameters(0.01, 1, 0.9, 0.3));
            LayerCase.Subtracted(adam, other, [4, -3], new HyperParameters(0.01, 1, 0.9, 0));
        }

        Numbers.Close(Numbers.Values(other), Numbers.Values(leaf), 1e-12, 0);
    }

    private static double Norm(double[] numbers) => Math.Sqrt(numbers.Sum(x => x * x));
}
