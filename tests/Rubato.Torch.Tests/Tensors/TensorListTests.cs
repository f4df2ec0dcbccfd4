using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class TensorListTests
{
    [Fact]
    public void Item_OfAList_IsTheTensor()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Zeros([1]);
        using var list = new TensorList([x]);
        Assert.Equal(1, list.Count);
        Assert.Same(x, list[0]);
    }

    [Fact]
    public void Item_OfRoom_IsRefused()
    {
        using var scope = TensorScope.Begin();
        using var list = new TensorList([Ops.Zeros([1])]);
        using var room = TensorList.RoomFor(list);
        Assert.Equal(1, room.Count);
        Assert.Equal("What the list has received has no handles of its own.", Assert.Throws<InvalidOperationException>(() => room[0]).Message);
    }

    [Fact]
    public void Dispose_OfABorrowingList_LeavesTheTensors()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Zeros([1]);
        var list = new TensorList([x]);
        list.Clear();
        list.Dispose();
        Assert.Equal(0, x.Item());
    }

    [Fact]
    public void ZerosLike_ChannelsLast_KeepsTheOrderAndOwns()
    {
        TensorList zeros;
        Tensor owned;
        using (TensorScope.Begin())
        {
            var x = Ops.To(Ops.Contiguous(Numbers.Random(1, 1, 2, 2, 2), MemoryFormat.ChannelsLast), ScalarType.Float32);
            using var list = new TensorList([x]);
            zeros = TensorList.ZerosLike(list);
            Assert.Equal(x.Strides, zeros[0].Strides);
            owned = zeros[0];
        }

        Assert.Equal(new float[8], owned.ToArray<float>());
        zeros.Dispose();
        Assert.True(owned.IsClosed);
    }

    [Fact]
    public void TakeGradients_OfALeafWithout_SaysWhich()
    {
        using var scope = TensorScope.Begin();
        var a = Leaf(2);
        var b = Leaf(3);
        using var list = new TensorList([a, b]);
        using var room = TensorList.RoomFor(list);
        Ops.Sum(Ops.Multiply(a, a)).Backward();
        Assert.Equal(
            "Parameter 1 of the group has no gradient; run Backward on a loss that depends on it first.",
            Assert.Throws<InvalidOperationException>(() => room.TakeGradients(list)).Message);
        // The list stays usable.
        Ops.Sum(Ops.Multiply(b, b)).Backward();
        room.TakeGradients(list);
    }

    [Fact]
    public void TakeGradients_IntoAListThatIsNoRoom_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var a = Leaf(2);
        using var list = new TensorList([a]);
        using var twice = new TensorList([a, a]);
        using var room = TensorList.RoomFor(list);
        Ops.Sum(a).Backward();
        Assert.Equal("The list holds tensors; only one from RoomFor receives results.", Assert.Throws<InvalidOperationException>(() => list.TakeGradients(list)).Message);
        Assert.Throws<InvalidOperationException>(() => Foreach.SquareRoot(destination: list, list));
        Assert.StartsWith("The list has room for 1 tensors, got 2.", Assert.Throws<ArgumentException>(() => room.TakeGradients(twice)).Message, StringComparison.Ordinal);
        Assert.Equal(2, a.Item());
    }

    [Fact]
    public void ClearGradients_AfterBackward_TheNextIsStored()
    {
        using var scope = TensorScope.Begin();
        var a = Leaf(2);
        using var list = new TensorList([a]);
        Ops.Sum(Ops.Multiply(a, a)).Backward();
        Ops.Sum(Ops.Multiply(a, a)).Backward();
        Assert.Equal([8.0], Numbers.Gradients(a)[0]);
        list.ClearGradients();
        Ops.Sum(Ops.Multiply(a, a)).Backward();
        Assert.Equal([4.0], Numbers.Gradients(a)[0]);
    }

    private static Tensor Leaf(double value)
    {
        var leaf = Numbers.Of([value], 1);
        leaf.RequiresGrad = true;
        return leaf;
    }
}
