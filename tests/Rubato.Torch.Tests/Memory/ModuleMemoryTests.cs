using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Memory;

public sealed class ModuleMemoryTests
{
    [Fact]
    public void MoveTo_ChannelsLast_ArrangesTheWeightsAndKeepsThem()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var before = network.state_dict().ToDictionary(named => named.Key, named => Numbers.Values(named.Value));
        network.MoveTo(CPU, MemoryFormat.ChannelsLast);
        var after = network.state_dict();
        Assert.All(before, named => Assert.Equal(named.Value, Numbers.Values(after[named.Key])));
        Assert.Equal([27, 1, 9, 3], after["0.weight"].stride());
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        network.call(Numbers.Random32(1, 2, 3, 6, 6)).sum().backward();
        Assert.Equal([27, 1, 9, 3], network.parameters().First().grad!.stride());
        network.MoveTo(CPU, MemoryFormat.Contiguous);
        Assert.Equal([27, 9, 3, 1], network.state_dict()["0.weight"].stride());
    }

    [Fact]
    public void ConvertTo_Float64_LeavesWhatCounts()
    {
        using var network = Network();
        network.MoveTo(CPU, MemoryFormat.ChannelsLast);
        network.ConvertTo(ScalarType.Float64);
        var state = network.state_dict();
        Assert.Equal([27, 1, 9, 3], state["0.weight"].stride());
        Assert.Equal(ScalarType.Int64, state["1.num_batches_tracked"].dtype);
        Assert.All(state.Where(named => named.Key != "1.num_batches_tracked"), named => Assert.Equal(ScalarType.Float64, named.Value.dtype));
    }

    private static Module<Tensor, Tensor> Network() =>
        Sequential(("0", Conv2d(3, 4, 3)), ("1", BatchNorm2d(4)), ("2", Flatten()), ("3", (Module<Tensor, Tensor>)Linear(64, 2)));
}
