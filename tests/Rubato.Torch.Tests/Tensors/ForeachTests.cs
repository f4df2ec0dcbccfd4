using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class ForeachTests
{
    private static readonly double[] A = [1, 4, 9];
    private static readonly double[] B = [2, 3, 5];
    private static readonly double[] C = [7, 11, 13];

    public static TheoryData<string, double[]> InPlace => new()
    {
        { "a += b", [3, 7, 14] },
        { "a += 2 b", [5, 10, 19] },
        { "a += 0.5", [1.5, 4.5, 9.5] },
        { "a *= 3", [3, 12, 27] },
        { "a *= b", [2, 12, 45] },
        { "a /= 2", [0.5, 2, 4.5] },
        { "a /= b", [0.5, 4.0 / 3, 1.8] },
        { "a += 2 b c", [29, 70, 139] },
        { "a += 2 b / c", [1 + (4.0 / 7), 4 + (6.0 / 11), 9 + (10.0 / 13)] },
        { "sqrt a", [1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(InPlace))]
    public void InPlace_TwoTensors_IsTheFormula(string formula, double[] expected)
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var b = List(B);
        using var c = List(C);
        switch (formula)
        {
            case "a += b": Foreach.Add(a, b); break;
            case "a += 2 b": Foreach.Add(a, b, 2); break;
            case "a += 0.5": Foreach.Add(a, 0.5); break;
            case "a *= 3": Foreach.Multiply(a, 3); break;
            case "a *= b": Foreach.Multiply(a, b); break;
            case "a /= 2": Foreach.Divide(a, 2); break;
            case "a /= b": Foreach.Divide(a, b); break;
            case "a += 2 b c": Foreach.AddProduct(a, b, c, 2); break;
            case "a += 2 b / c": Foreach.AddQuotient(a, b, c, 2); break;
            default: Foreach.SquareRoot(a); break;
        }

        Numbers.Close(expected, Content(a), 1e-15, 0);
        Assert.Equal(B, Content(b));
    }

    [Fact]
    public void IntoRoom_RootSumNorm_LeaveTheirInput()
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var room = TensorList.RoomFor(a);
        using var copy = TensorList.ZerosLike(a);
        Foreach.SquareRoot(room, a);
        Foreach.Add(copy, room);
        Foreach.Sum(room, a, 1);
        Foreach.Add(copy, room);
        Assert.Equal([3.0, 7, 13], Content(copy));
        Foreach.Norm(room, a);
        Numbers.Close([Math.Sqrt(17), 9], Ops.Stack(room).ToArray<double>(), 1e-15, 0);
        Assert.Equal(A, Content(a));
    }

    [Fact]
    public void IntoRoom_ProductAndQuotient_LeaveTheirInput()
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var b = List(B);
        using var room = TensorList.RoomFor(a);
        using var copy = TensorList.ZerosLike(a);
        Foreach.Product(room, a, 3);
        Foreach.Add(copy, room);
        Assert.Equal([3.0, 12, 27], Content(copy));
        Foreach.Quotient(room, a, b);
        Foreach.Add(copy, room, -1);
        Numbers.Close([2.5, 12 - (4.0 / 3), 25.2], Content(copy), 1e-15, 0);
        Assert.Equal(A, Content(a));
    }

    [Fact]
    public void Multiply_ByScalars_MultipliesWholeTensors()
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var room = TensorList.RoomFor(a);
        Ops.Unbind(room, Numbers.Of([2, 10], 2));
        Foreach.Multiply(a, room);
        Assert.Equal([2.0, 8, 90], Content(a));
        Assert.Equal([10.0], Ops.Detach(room, 1).ToArray<double>());
    }

    [Fact]
    public void ListsOfOtherLengths_AreRefused()
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var one = new TensorList([a[0]]);
        Assert.StartsWith("aten::_foreach_add_.List: ", Assert.Throws<TorchException>(() => Foreach.Add(a, one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyRoom_AsAnArgument_IsATypedException()
    {
        using var scope = TensorScope.Begin();
        using var a = List(A);
        using var empty = TensorList.RoomFor(a);
        using var room = TensorList.RoomFor(a);
        Assert.Throws<TorchException>(() => Foreach.Add(a, empty));
        Assert.Throws<TorchException>(() => Foreach.Norm(room, empty));
    }

    private static double[] Content(TensorList list) => [.. list[0].ToArray<double>(), .. list[1].ToArray<double>()];

    // Two numbers and one.
    private static TensorList List(double[] values) => new([Numbers.Of(values[..2], 2), Numbers.Of(values[2..], 1)]);
}
