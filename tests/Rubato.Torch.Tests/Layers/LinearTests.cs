using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class LinearTests
{
    [Fact]
    public void Forward_RandomInput_AgreesWithLoops()
    {
        using var scope = TensorScope.Begin();
        using var layer = new Linear(Numbers.Random(1, 4, 7), Numbers.Random(2, 4));
        var output = layer.Forward(Numbers.Random(3, 5, 7), ForwardMode.Training);
        Assert.Equal([5L, 4], output.Shape);
        Numbers.Close(
            Images.Linear(Numbers.Draw(3, 35), Numbers.Draw(1, 28), Numbers.Draw(2, 4), 7), output.ToArray<double>(), 1e-13, 1e-14);
    }

    [Fact]
    public void Forward_Gradients_AgreeWithDifferences() => Numbers.CheckGradients(
        inputs => Ops.Linear(inputs[0], inputs[1], inputs[2]), Numbers.Random(1, 3, 4), Numbers.Random(2, 2, 4), Numbers.Random(3, 2));

    [Fact]
    public void Parameters_NamesAndMultipliers_AreAsGiven()
    {
        using var layer = new Linear(Ops.Zeros([2, 3]), Ops.Zeros([2]), weightDecayMultiplier: 250, biasRateMultiplier: 2, biasDecayMultiplier: 0);
        var parameters = layer.NamedParameters("ip1.").ToArray();
        Assert.Equal(["ip1.weight", "ip1.bias"], parameters.Select(parameter => parameter.Key));
        Assert.Equal([(1.0, 250.0), (2.0, 0.0)], parameters.Select(parameter => (parameter.Value.RateMultiplier, parameter.Value.DecayMultiplier)));
        Assert.All(parameters, parameter => Assert.True(parameter.Value.Value.RequiresGrad));
    }

    [Fact]
    public void Forward_AnotherWidth_NamesTheOperator()
    {
        using var scope = TensorScope.Begin();
        using var layer = new Linear(3, 2);
        Assert.StartsWith(
            "aten::linear: ", Assert.Throws<TorchException>(() => layer.Forward(Ops.Zeros([1, 4]), ForwardMode.Training)).Message, StringComparison.Ordinal);
    }
}
