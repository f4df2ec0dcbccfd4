using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed partial class OpsTests
{
    [Fact]
    public void Arithmetic_SmallTensors_IsByElements()
    {
        using var scope = TensorScope.Begin();
        var a = Numbers.Of([1, 2, 3, 4], 2, 2);
        var b = Numbers.Of([10, 20, 30, 40], 2, 2);
        Assert.Equal([21.0, 42, 63, 84], Ops.Add(a, b, 2).ToArray<double>());
        Assert.Equal([1.5, 2.5, 3.5, 4.5], Ops.Add(a, 0.5).ToArray<double>());
        Assert.Equal([-9.0, -18, -27, -36], Ops.Subtract(a, b).ToArray<double>());
        Assert.Equal([10.0, 40, 90, 160], Ops.Multiply(a, b).ToArray<double>());
        Assert.Equal([3.0, 6, 9, 12], Ops.Multiply(a, 3).ToArray<double>());
        Assert.Equal([1.0, 4, 9, 16], Ops.Power(a, 2).ToArray<double>());
        Assert.Equal(10, Ops.Sum(a).Item());
        Assert.Equal(5, Ops.Norm(Numbers.Of([3, 4], 2)).Item());
        Assert.Equal([70.0, 100, 150, 220], Ops.MatrixProduct(a, b).ToArray<double>());
        Assert.Equal([2.0, 4, 6, 8], Changed(a, x => Ops.AddInPlace(x, a)));
        Assert.Equal([2.0, 3, 4, 5], Changed(a, x => Ops.AddInPlace(x, 1L)));
        Assert.Equal([-1.0, -2, -3, -4], Changed(a, x => Ops.MultiplyInPlace(x, -1)));
        Assert.Equal([10.0, 20, 30, 40], Changed(a, x => Ops.Copy(x, b)));
        Assert.Equal([7.0, 7, 7, 7], Changed(a, x => Ops.Fill(x, 7)));
        Assert.Equal([0.0, 2, 0, 4], Ops.Relu(Numbers.Of([-1, 2, -3, 4], 4)).ToArray<double>());
    }

    [Fact]
    public void MatrixProduct_WrongShapes_NamesTheOperator()
    {
        using var scope = TensorScope.Begin();
        var a = Numbers.Of([1, 2, 3], 3, 1);
        Assert.StartsWith(
            "aten::matmul: mat1 and mat2 shapes", Assert.Throws<TorchException>(() => Ops.MatrixProduct(a, a)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArgMaxAndOneHot_Labels_AreInverse()
    {
        using var scope = TensorScope.Begin();
        var labels = Ops.From<long>([2, 0, 1], [3]);
        var rows = Ops.OneHot(labels, 4);
        Assert.Equal([0L, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0], rows.ToArray<long>());
        Assert.Equal([2L, 0, 1], Ops.ArgMax(rows, -1).ToArray<long>());
        var equal = Ops.AreEqual(labels, Ops.From<long>([2, 1, 1], [3]));
        Assert.Equal(ScalarType.Bool, equal.ScalarType);
        Assert.Equal(2, Ops.Sum(equal).Item());
    }

    [Fact]
    public void Shapes_SliceReshapePad_AreViewsAndCopies()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.From<long>([1, 2, 3, 4, 5, 6], [2, 3]);
        Assert.Equal([2L, 3, 5, 6], Ops.Slice(x, 1, 1).ToArray<long>());
        Assert.Equal([1L, 3, 4, 6], Ops.Slice(x, 1, 0, step: 2).ToArray<long>());
        Assert.Equal([3L, 2], Ops.Reshape(x, 3, -1).Shape);
        Assert.Equal([0L, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0], Ops.PadWithZeros(x, 1, 2).ToArray<long>());
        Assert.Equal([2L, 12], Ops.Flatten(Ops.Zeros([2, 3, 2, 2])).Shape);
    }

    [Fact]
    public void From_AnotherNumberOfValues_SaysBoth() =>
        Assert.StartsWith(
            "A tensor of 6 elements needs as many numbers, got 2.",
            Assert.Throws<ArgumentException>(() => Ops.From<float>([1, 2], [2, 3])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void From_ATypeThatTensorsDoNotHold_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Ops.From<short>([1, 2], [2]));

    [Fact]
    public void CloneAndDetach_OfATensor_OwnAndShareTheMemory()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([1], 1);
        var clone = Ops.Clone(x);
        var detached = Ops.Detach(x);
        Ops.Fill(x, 5);
        Assert.Equal(1, clone.Item());
        Assert.Equal(5, detached.Item());
    }

    [Fact]
    public void Empty_ChannelsLast_HasTheOrderAndType()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Empty([2, 3, 4, 5], ScalarType.Float64, format: MemoryFormat.ChannelsLast);
        Assert.Equal([60L, 1, 15, 3], x.Strides);
        Assert.Equal(ScalarType.Float64, x.ScalarType);
        Assert.Equal(x.Strides, Ops.ZerosLike(x).Strides);
    }

    private static double[] Changed(Tensor tensor, Action<Tensor> change)
    {
        var copy = Ops.Clone(tensor);
        change(copy);
        return copy.ToArray<double>();
    }
}
