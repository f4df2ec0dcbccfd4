using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class Conv2dTests
{
    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 1, 3)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 2, 5)]
    [InlineData(3, 0, 2)]
    public void Forward_RandomInput_AgreesWithLoops(int stride, int padding, int kernel)
    {
        using var scope = TensorScope.Begin();
        long[] shape = [2, 3, 7, 6];
        long[] weights = [4, 3, kernel, kernel];
        var weight = Numbers.Random(1, weights);
        using var layer = new Conv2d(weight, Numbers.Random(2, 4), stride, padding, biasRateMultiplier: 2);
        var output = layer.Forward(Numbers.Random(3, shape), ForwardMode.Training);
        Assert.Equal([2L, 4, ((7 + (2 * padding) - kernel) / stride) + 1, ((6 + (2 * padding) - kernel) / stride) + 1], output.Shape);
        var expected = Images.Convolution(
            Numbers.Draw(3, 252), shape, Numbers.Draw(1, 12 * kernel * kernel), weights, Numbers.Draw(2, 4), stride, padding);
        Numbers.Close(expected, output.ToArray<double>(), 1e-12, 1e-13);
        Assert.Equal([1.0, 2.0], layer.NamedParameters().Select(parameter => parameter.Value.RateMultiplier));
    }

    [Fact]
    public void Forward_WithoutBias_HasOneParameter()
    {
        using var scope = TensorScope.Begin();
        using var layer = new Conv2d(Numbers.Random(1, 2, 1, 1, 1), bias: null);
        Assert.Equal(["weight"], layer.NamedParameters().Select(parameter => parameter.Key));
        var (a, b) = (Numbers.Draw(1, 2)[0], Numbers.Draw(1, 2)[1]);
        Assert.Equal([3 * a, 3 * b], layer.Forward(Numbers.Of([3], 1, 1, 1, 1), ForwardMode.Training).ToArray<double>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Forward_Gradients_AgreeWithDifferences(long stride, long padding) => Numbers.CheckGradients(
        inputs => Ops.Conv2d(inputs[0], inputs[1], inputs[2], stride, padding),
        Numbers.Random(1, 2, 2, 4, 5),
        Numbers.Random(2, 3, 2, 3, 3),
        Numbers.Random(3, 3));

    [Fact]
    public void Forward_ChannelsLast_IsTheSame()
    {
        using var scope = TensorScope.Begin();
        using var layer = new Conv2d(Numbers.Random32(1, 4, 3, 3, 3), Numbers.Random32(2, 4), padding: 1);
        var input = Numbers.Random32(3, 2, 3, 6, 6);
        var expected = Numbers.Values(layer.Forward(input, ForwardMode.Evaluation));
        layer.MoveTo(Device.Cpu, MemoryFormat.ChannelsLast);
        var output = layer.Forward(Ops.Contiguous(input, MemoryFormat.ChannelsLast), ForwardMode.Evaluation);
        Assert.Equal([144L, 1, 24, 4], output.Strides);
        Numbers.Close(expected, Numbers.Values(output), 1e-5, 1e-5);
    }
}
