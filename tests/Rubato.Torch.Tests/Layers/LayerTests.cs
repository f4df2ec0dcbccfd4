using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class LayerTests
{
    [Fact]
    public void Constructor_InsideAScope_ParametersOutliveIt()
    {
        Sequential network;
        using (TensorScope.Begin())
        {
            network = new Sequential([new Linear(2, 3), new BatchNorm(3)]);
        }

        Assert.All(network.StateTensors(), entry => Assert.False(entry.Value.IsClosed));
        Tensor[] tensors = [.. network.StateTensors().Select(entry => entry.Value)];
        Assert.Equal(7, tensors.Length);
        network.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsClosed));
        network.Dispose();
    }

    [Fact]
    public void MoveTo_ChannelsLast_KeepsValuesAndFreesTheOld()
    {
        using var scope = TensorScope.Begin();
        using var network = new Sequential([new Conv2d(3, 4, 3), new BatchNorm(4)]);
        Tensor[] before = [.. network.StateTensors().Select(entry => entry.Value)];
        var values = before.Select(Numbers.Values).ToArray();
        network.MoveTo(Device.Cpu, MemoryFormat.ChannelsLast);
        Assert.All(before, tensor => Assert.True(tensor.IsClosed));
        var after = network.StateTensors().ToArray();
        Assert.Equal(values, after.Select(entry => Numbers.Values(entry.Value)));
        Assert.Equal([27L, 1, 9, 3], after[0].Value.Strides);
        Assert.Equal([true, true, true, true, false, false, false], after.Select(entry => entry.Value.RequiresGrad));
    }

    [Fact]
    public void MoveTo_InsideAScope_TheTensorsOutliveIt()
    {
        using var network = new Sequential([new Linear(2, 3)]);
        using (TensorScope.Begin())
        {
            network.MoveTo(Device.Cpu, MemoryFormat.Contiguous);
        }

        Assert.All(network.StateTensors(), entry => Assert.False(entry.Value.IsClosed));
    }
}
