using System.Text.Json;
using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class PoolingTests
{
    public static TheoryData<int, int, bool> Windows => new()
    {
        { 2, 2, false },
        { 3, 2, false },
        { 3, 2, true },
        { 2, 2, true },
        { 3, 1, true },
        { 3, 3, true },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void MaxPool_RandomInput_AgreesWithLoops(int kernel, int stride, bool ceiling)
    {
        using var scope = TensorScope.Begin();
        long[] shape = [2, 2, 7, 8];
        var expected = Images.Windows(Numbers.Draw(1, 224), shape, kernel, stride, ceiling).Select(window => window.Max());
        Assert.Equal(expected, new MaxPool2d(kernel, stride, ceiling).Forward(Numbers.Random(1, shape), ForwardMode.Training).ToArray<double>());
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void AveragePool_RandomInput_AgreesWithLoops(int kernel, int stride, bool ceiling)
    {
        using var scope = TensorScope.Begin();
        long[] shape = [2, 2, 7, 8];
        var expected = Images.Windows(Numbers.Draw(1, 224), shape, kernel, stride, ceiling).Select(window => window.Average()).ToArray();
        var output = new AveragePool2d(kernel, stride, ceiling).Forward(Numbers.Random(1, shape), ForwardMode.Training);
        Numbers.Close(expected, output.ToArray<double>(), 1e-13, 1e-15);
    }

    [Fact]
    public void GlobalAveragePool_RandomInput_IsTheMeanOfEachChannel()
    {
        using var scope = TensorScope.Begin();
        var output = new GlobalAveragePool2d().Forward(Numbers.Random(1, 2, 3, 4, 5), ForwardMode.Training);
        Assert.Equal([2L, 3, 1, 1], output.Shape);
        Numbers.Close([.. Numbers.Draw(1, 120).Chunk(20).Select(channel => channel.Average())], output.ToArray<double>(), 1e-13, 1e-15);
    }

    [Fact]
    public void Pools_Gradients_AgreeWithDifferences()
    {
        Numbers.CheckGradients(x => new MaxPool2d(3, 2, true).Forward(x[0], ForwardMode.Training), Numbers.Random(1, 1, 2, 6, 5));
        Numbers.CheckGradients(x => new AveragePool2d(3, 2, true).Forward(x[0], ForwardMode.Training), Numbers.Random(1, 1, 2, 6, 5));
        Numbers.CheckGradients(x => new GlobalAveragePool2d().Forward(x[0], ForwardMode.Training), Numbers.Random(1, 1, 2, 3, 3));
    }

    [Theory]
    [InlineData("average-pool-ceil")]
    [InlineData("max-pool-ceil")]
    public void Pools_Golden_AgreeWithTorchAndCaffe(string name)
    {
        foreach (var data in Golden.Cases($"networks/{name}.json"))
        {
            var (kernel, stride) = ((long)data.Number("kernel"), (long)data.Number("stride"));
            Layer layer = name == "max-pool-ceil" ? new MaxPool2d(kernel, stride, ceiling: true) : new AveragePool2d(kernel, stride, ceiling: true);
            Check(layer, data);
        }
    }

    /// <summary>Output and input gradient of a layer against golden data.</summary>
    internal static void Check(Layer layer, JsonElement data)
    {
        using var scope = TensorScope.Begin();
        var input = data.Tensor("input", "input_shape");
        input.RequiresGrad = true;
        var output = layer.Forward(input, ForwardMode.Training);
        Assert.Equal(data.Integers("output_shape"), output.Shape);
        Numbers.Close(data.Numbers("output"), Numbers.Values(output), 1e-6, 1e-6);
        Ops.Sum(Ops.Multiply(output, data.Tensor("upstream", "output_shape"))).Backward();
        Numbers.Close(data.Numbers("input_gradient"), Numbers.Gradients(input)[0], 1e-5, 1e-6);
    }
}
