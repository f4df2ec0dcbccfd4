using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void Shape_OfAScalarAndAMatrix_AreTheSizes()
    {
        using var scope = TensorScope.Begin();
        var scalar = Ops.Full([], 3);
        var matrix = Ops.Zeros([2, 3]);
        Assert.Empty(scalar.Shape);
        Assert.Empty(scalar.Strides);
        Assert.Equal(1, scalar.ElementCount);
        Assert.Equal([2L, 3], matrix.Shape);
        Assert.Equal([3L, 1], matrix.Strides);
        Assert.Equal(6, matrix.ElementCount);
        Assert.Equal(0, Ops.Zeros([0, 3]).ElementCount);
    }

    [Fact]
    public void Strides_ChannelsLast_ChannelsAreNeighbours()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Contiguous(Numbers.Random(1, 2, 3, 4, 5), MemoryFormat.ChannelsLast);
        Assert.Equal([2L, 3, 4, 5], x.Shape);
        Assert.Equal([60L, 1, 15, 3], x.Strides);
    }

    [Fact]
    public void ToArray_ChannelsLast_IsRowMajorAndDataIsMemoryOrder()
    {
        using var scope = TensorScope.Begin();
        // Two channels of 1 x 2 pixels.
        var x = Ops.Contiguous(Numbers.Of([1, 2, 10, 20], 1, 2, 1, 2), MemoryFormat.ChannelsLast);
        Assert.Equal([1.0, 2, 10, 20], x.ToArray<double>());
        Assert.Equal([1.0, 10, 2, 20], x.Data<double>().ToArray());
    }

    [Fact]
    public void Data_Written_ChangesTheTensor()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Zeros([3], ScalarType.Int64);
        x.Data<long>()[1] = 5;
        Assert.Equal(5, Ops.Sum(x).Item());
    }

    [Fact]
    public void Data_EveryElementType_RoundTrips()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal([1f, -2], Ops.From<float>([1, -2], [2]).ToArray<float>());
        Assert.Equal([1.0, -2], Ops.From<double>([1, -2], [2]).ToArray<double>());
        Assert.Equal([1L, -2], Ops.From<long>([1, -2], [2]).ToArray<long>());
        Assert.Equal([1, -2], Ops.From<int>([1, -2], [2]).ToArray<int>());
        Assert.Equal([1, 255], Ops.From<byte>([1, 255], [2]).ToArray<byte>().Select(b => (int)b));
    }

    [Fact]
    public void Data_AnotherType_SaysBoth()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Zeros([3]);
        Assert.Equal("The tensor holds Float32, not Double.", Assert.Throws<InvalidOperationException>(() => x.Data<double>().Length).Message);
        Assert.Equal("Tensors hold no Int16.", Assert.Throws<InvalidOperationException>(() => x.Data<short>().Length).Message);
    }

    [Fact]
    public void Data_NotDense_IsRefusedAndToArrayCopies()
    {
        using var scope = TensorScope.Begin();
        var every2nd = Ops.Slice(Numbers.Of([1, 2, 3, 4], 4), 0, 0, step: 2);
        Assert.Equal(
            "data_ptr: only a dense tensor has memory that can be read directly",
            Assert.Throws<TorchException>(() => every2nd.Data<double>().Length).Message);
        Assert.Equal([1.0, 3], every2nd.ToArray<double>());
    }

    [Fact]
    public void ToArray_OfAParameter_CopiesAndRecordsNothing()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([1, 2], 2);
        x.RequiresGrad = true;
        var copy = x.ToArray<double>();
        copy[0] = 9;
        Assert.Equal([1.0, 2], x.ToArray<double>());
    }

    [Fact]
    public void Item_OneElement_IsItAndMoreAreRefused()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal(2.5, Ops.Full([1, 1], 2.5).Item());
        Assert.Equal(7, Ops.Full([], 7, ScalarType.Int64).Item());
        Assert.StartsWith("aten::item: ", Assert.Throws<TorchException>(() => Ops.Zeros([2]).Item()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_AfterDispose_ThrowObjectDisposed()
    {
        var x = Ops.Zeros([2]);
        using var list = new TensorList([x]);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.Shape);
        Assert.Throws<ObjectDisposedException>(() => x.Item());
        Assert.Throws<ObjectDisposedException>(() => x.Data<float>().Length);
        Assert.Throws<ObjectDisposedException>(() => x.Backward());
        Assert.Throws<ObjectDisposedException>(() => Ops.Relu(x));
        Assert.Throws<ObjectDisposedException>(() => Foreach.Add(list, 1));
        Assert.Throws<ObjectDisposedException>(list.ClearGradients);
        x.Dispose();
    }

    [Fact]
    public void RequiresGrad_OnIntegersOrInsideTheGraph_IsRefused()
    {
        using var scope = TensorScope.Begin();
        Assert.Throws<TorchException>(() => Ops.Zeros([1], ScalarType.Int64).RequiresGrad = true);
        var x = Ops.Zeros([1]);
        x.RequiresGrad = true;
        Assert.True(x.RequiresGrad);
        var y = Ops.Relu(x);
        Assert.True(y.RequiresGrad);
        Assert.Throws<TorchException>(() => y.RequiresGrad = false);
        Assert.False(Ops.Detach(y).RequiresGrad);
    }

    [Fact]
    public void Device_OnTheCpu_IsTheCpu()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal(Device.Cpu, Ops.Zeros([1]).Device);
    }

    [Fact]
    public void Shape_OfNineDimensions_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var nine = new Operator("aten::unsqueeze").Call(Ops.Zeros([1, 1, 1, 1, 1, 1, 1, 1]), 0L);
        Assert.Equal("sizes: tensors of more than 8 dimensions are not supported", Assert.Throws<TorchException>(() => nine.Shape).Message);
    }
}
