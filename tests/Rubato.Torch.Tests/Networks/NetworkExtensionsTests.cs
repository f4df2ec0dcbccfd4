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

    [Fact]
    public void ConvertTo_Float64AndBack_KeepsValuesAndCounts()
    {
        using var network = new Sequential([new Conv2d(3, 4, 3), new BatchNorm(4)]);
        var values = network.StateTensors().Select(entry => Numbers.Values(entry.Value)).ToArray();
        network.ConvertTo(ScalarType.Float64);
        Assert.Equal(
            [ScalarType.Float64, ScalarType.Float64, ScalarType.Float64, ScalarType.Float64, ScalarType.Float64, ScalarType.Float64, ScalarType.Int64],
            network.StateTensors().Select(entry => entry.Value.ScalarType));
        Assert.Equal(values, network.StateTensors().Select(entry => Numbers.Values(entry.Value)));
        network.ConvertTo(ScalarType.Float32);
        Assert.Equal(values, network.StateTensors().Select(entry => Numbers.Values(entry.Value)));
        Assert.All(network.NamedParameters(), named => Assert.True(named.Value.Value.RequiresGrad));
    }

    [Fact]
    public void FreezeLast_Sequence_LastLayerWithParameters()
    {
        using var network = new Sequential([new Linear(2, 3), new BatchNorm(3), new Linear(3, 2), new Relu()]);
        network.FreezeLast();
        network.MoveTo(Device.Cpu, MemoryFormat.Contiguous);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], network.NamedParameters().Where(named => named.Value.IsTrained).Select(named => named.Key));
        Assert.Equal([true, true, true, true, false, false], network.NamedParameters().Select(named => named.Value.Value.RequiresGrad));
    }

    [Fact]
    public void FreezeAffine_Normalizations_StayAtOneAndZero()
    {
        using var network = new Sequential([new Linear(2, 3), new BatchNorm(3)]);
        using var without = new Sequential([new Linear(2, 3)]);
        Assert.True(network.FreezeAffine());
        Assert.False(without.FreezeAffine());
        Assert.Equal(["0.weight", "0.bias"], network.NamedParameters().Where(named => named.Value.IsTrained).Select(named => named.Key));
    }
}
