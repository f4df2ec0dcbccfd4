using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed partial class OpsTests
{
    [Fact]
    public void Selection_SmallTensors_IsByElements()
    {
        using var scope = TensorScope.Begin();
        var a = Numbers.Of([1, -2, 3, double.NaN], 2, 2);
        var b = Numbers.Of([10, 20, 30, 40], 2, 2);
        var below = Ops.AreBelow(a, 2);
        Assert.Equal([1.0, -2, 30, 40], Ops.Where(below, a, b).ToArray<double>());
        Assert.Equal([10.0, 20, 3, double.NaN], Ops.Where(Ops.Not(below), a, b).ToArray<double>());
        Assert.Equal([1.0, -2, 3, 40], Ops.Where(Ops.Or(below, Ops.AreEqual(a, 3)), a, b).ToArray<double>());
        Assert.Equal([1.0, 0.5, 3, double.NaN], Ops.AtLeast(a, 0.5).ToArray<double>());
        Assert.Equal([1.0, 2, 3, double.NaN], Ops.Absolute(a).ToArray<double>());
        Assert.Equal([10.0, 4, 10, 8], Ops.Divide(b, Numbers.Of([1, 5, 3, 5], 2, 2)).ToArray<double>());
        Assert.Equal((double.NaN, 40), (Ops.Largest(a).Item(), Ops.Largest(b).Item()));
        Assert.Equal([5.0, 5, 30, 40], Changed(b, x => Ops.FillWhere(x, below, 5)));
        Assert.Equal([20.0, 80, 60, 160], Changed(b, x => Ops.MultiplyInPlace(x, Numbers.Of([2, 4], 2))));
        Assert.Equal([-90.0, -180, -270, -360], Changed(b, x => Ops.AddProductInPlace(x, b, Numbers.Of([5], 1), -2)));
    }

    [Fact]
    public void SumAndNorm_OverDimensions_KeepThemWithSizeOne()
    {
        using var scope = TensorScope.Begin();
        var a = Ops.Clone(Numbers.Of([1, 2, 2, 4, 2, 4, 4, 8], 2, 2, 2, 1), MemoryFormat.ChannelsLast);
        var (sums, norms) = (Ops.Sum(a, 1, 2, 3), Ops.Norm(a, 1, 2, 3));
        Assert.Equal([2, 1, 1, 1], sums.Shape);
        Assert.Equal([9.0, 18], sums.ToArray<double>());
        Assert.Equal([2, 1, 1, 1], norms.Shape);
        Assert.Equal([5.0, 10], norms.ToArray<double>());
    }

    [Fact]
    public void Split_LengthsThatDivideAndDoNot_IsTheRowsInOrder()
    {
        using var scope = TensorScope.Begin();
        var a = Numbers.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 2);
        Assert.Equal(["1 2 3 4", "5 6 7 8", "9 10"], Ops.Split(a, 2).Select(Row));
        Assert.Equal(["1 2 3 4 5 6 7 8 9 10"], Ops.Split(a, 7).Select(Row));
        var (first, second) = Ops.SplitAt(a, 3);
        Assert.Equal(("1 2 3 4 5 6", "7 8 9 10"), (Row(first), Row(second)));
        using var list = new TensorList([second, first]);
        Assert.Equal("7 8 9 10 1 2 3 4 5 6", Row(Ops.Concatenate(list)));
        Assert.Equal(40, Ops.Split(Ops.Zeros([40, 1]), 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Ops.Split(a, 0));
    }

    private static string Row(Tensor tensor) => string.Join(' ', tensor.ToArray<double>());
}
