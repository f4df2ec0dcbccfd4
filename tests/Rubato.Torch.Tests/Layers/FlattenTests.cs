using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class FlattenTests
{
    [Fact]
    public void Forward_ChannelsLast_IsInTheOrderOfChannels()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2, 3, 2, 2);
        var output = new Flatten().Forward(Ops.Contiguous(x, MemoryFormat.ChannelsLast), ForwardMode.Training);
        Assert.Equal([2L, 12], output.Shape);
        Assert.Equal(Numbers.Draw(1, 24), output.ToArray<double>());
    }
}
