using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed class GlobalAveragePoolTests
{
    [Theory]
    [InlineData(MemoryFormat.Contiguous)]
    [InlineData(MemoryFormat.ChannelsLast)]
    public void Forward_AnyOrder_IsTheMeanOfEachChannel(MemoryFormat format)
    {
        using var scope = NewDisposeScope();
        using var layer = new GlobalAveragePool();
        var input = MemoryOrder.Arrange(Numbers.Of([1, 2, 3, 6, 10, 20, 30, 0, -1, 1, -1, 1, 4, 4, 4, 8], 2, 2, 2, 2), format);
        var output = layer.call(input);
        Assert.Equal([2, 2], output.shape);
        Assert.Equal([3, 15, 0, 5], Numbers.Values(output));
    }

    [Theory]
    [InlineData(MemoryFormat.Contiguous)]
    [InlineData(MemoryFormat.ChannelsLast)]
    public void Backward_AnyOrder_GradientHasTheOrderOfTheInput(MemoryFormat format)
    {
        using var scope = NewDisposeScope();
        using var layer = new GlobalAveragePool();
        var input = MemoryOrder.Arrange(Numbers.Random(1, 2, 3, 4, 5), format).requires_grad_();

        // Between a leaf and the layer, since a leaf's gradient is put into the leaf's own order.
        var inner = input.alias();
        var gradient = autograd.grad([layer.call(inner).sum()], [inner])[0];
        Assert.Equal(input.stride(), gradient.stride());
        Assert.All(Numbers.Values(gradient), value => Assert.Equal(1.0 / 20, value, 1e-15));
    }

    [Fact]
    public void Forward_Gradients_AgreeWithDifferences()
    {
        using var scope = NewDisposeScope();
        using var layer = new GlobalAveragePool();
        Numbers.CheckGradients(x => layer.call(x[0]), Numbers.Random(1, 2, 2, 3, 3));
    }
}
