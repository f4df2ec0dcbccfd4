using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Memory;

public sealed class TensorListTests
{
    [Fact]
    public void Item_OfAList_IsTheTensor()
    {
        using var scope = NewDisposeScope();
        var x = zeros(1);
        using var list = new TensorList([x]);
        Assert.Equal(1, list.Count);
        Assert.True(list.IsFilled);
        Assert.Same(x, list[0]);
    }

    [Fact]
    public void Item_OfRoom_IsRefusedUntilReceived()
    {
        using var scope = NewDisposeScope();
        using var list = new TensorList([Leaf(2)]);
        using var room = TensorList.RoomFor(list);
        Assert.Equal(1, room.Count);
        Assert.False(room.IsFilled);
        Assert.Equal("The list has received nothing yet.", Assert.Throws<InvalidOperationException>(() => room[0]).Message);
        (list[0] * 3).sum().backward();
        room.TakeGradients(list);
        Assert.Equal([3.0], Numbers.Values(room[0]));
        room.Clear();
        Assert.False(room.IsFilled);
    }

    [Fact]
    public void Dispose_OfABorrowingList_LeavesTheTensors()
    {
        using var scope = NewDisposeScope();
        var x = zeros(1);
        var list = new TensorList([x]);
        list.Clear();
        list.Dispose();
        Assert.Equal([0.0], Numbers.Values(x));
    }

    [Fact]
    public void ZerosLike_ChannelsLast_KeepsTheOrderAndOwns()
    {
        TensorList zeros;
        Tensor owned;
        using (NewDisposeScope())
        {
            var x = MemoryOrder.Arrange(Numbers.Random(1, 1, 2, 2, 2), MemoryFormat.ChannelsLast).to(ScalarType.Float32);
            using var list = new TensorList([x]);
            zeros = TensorList.ZerosLike(list);
            Assert.Equal(x.stride(), zeros[0].stride());
            owned = zeros[0];
        }

        Assert.Equal(new float[8], MemoryOrder.ToArray<float>(owned));
        zeros.Dispose();
        Assert.True(owned.IsInvalid);
    }

    [Fact]
    public void TakeGradients_WhateverScopeEnds_StayUntilTheyAreCleared()
    {
        using var scope = NewDisposeScope();
        using var list = new TensorList([Leaf(2)]);
        using var room = TensorList.RoomFor(list);
        using (NewDisposeScope())
        {
            (list[0] * list[0]).sum().backward();
            room.TakeGradients(list);
        }

        // The leaf's own memory.
        room.Memory<double>(0)[0] = 7;
        Assert.Equal([7.0], Numbers.Gradients(list[0])[0]);
    }

    [Fact]
    public void TakeGradients_OfALeafWithout_SaysWhich()
    {
        using var scope = NewDisposeScope();
        var a = Leaf(2);
        var b = Leaf(3);
        using var list = new TensorList([a, b]);
        using var room = TensorList.RoomFor(list);
        (a * a).sum().backward();
        Assert.Equal(
            "Parameter 1 of the group has no gradient; run backward on a loss that depends on it first.",
            Assert.Throws<InvalidOperationException>(() => room.TakeGradients(list)).Message);
        // The list stays usable.
        (b * b).sum().backward();
        room.TakeGradients(list);
    }

    [Fact]
    public void TakeGradients_IntoAListThatIsNoRoom_IsRefused()
    {
        using var scope = NewDisposeScope();
        var a = Leaf(2);
        using var list = new TensorList([a]);
        using var twice = new TensorList([a, a]);
        using var room = TensorList.RoomFor(list);
        a.sum().backward();
        Assert.Equal("The list holds tensors; only one from RoomFor receives gradients.", Assert.Throws<InvalidOperationException>(() => list.TakeGradients(list)).Message);
        Assert.StartsWith("The list has room for 1 tensors, got 2.", Assert.Throws<ArgumentException>(() => room.TakeGradients(twice)).Message, StringComparison.Ordinal);
        Assert.Equal([2.0], Numbers.Values(a));
    }

    [Fact]
    public void ClearGradients_AfterBackward_TheNextIsStored()
    {
        using var scope = NewDisposeScope();
        var a = Leaf(2);
        using var list = new TensorList([a]);
        (a * a).sum().backward();
        (a * a).sum().backward();
        Assert.Equal([8.0], Numbers.Gradients(a)[0]);
        list.ClearGradients();
        (a * a).sum().backward();
        Assert.Equal([4.0], Numbers.Gradients(a)[0]);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-14)]
    [InlineData(ScalarType.Float32, 1e-6)]
    public void SumOfSquares_MemoryOperatorsAndLoop_Agree(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        // More than a block, and a tensor with gaps, which alone takes both to the operators.
        var (large, small) = (Numbers.Random(1, 9001).to(type), Numbers.Random(2, 3, 4).to(type));
        var expected = Numbers.Values(large).Concat(Numbers.Values(small)).Sum(x => x * x);
        using var list = new TensorList([large, small]);
        using var gaps = new TensorList([large, stack([small, small], 2).select(2, 1)]);
        Numbers.Close([expected, expected, expected], [list.SumOfSquares(), list.SumOfSquaresByOperators(), gaps.SumOfSquares()], tolerance, 0);
    }

    // 2^24 ones and more: a float stops counting there.
    [Fact]
    public void SumOfSquares_ManyNumbers_AreCountedInDouble()
    {
        using var scope = NewDisposeScope();
        using var list = new TensorList([ones((1 << 24) + 10)]);
        Assert.Equal((1 << 24) + 10, list.SumOfSquares());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SumOfSquares_BrokenNumbers_AreNotFinite(double value)
    {
        using var scope = NewDisposeScope();
        using var list = new TensorList([Numbers.Of([1, value, 2], 3)]);
        Assert.False(double.IsFinite(list.SumOfSquares()));
    }

    [Fact]
    public void IsInMemory_TypesOrdersAndGaps_AreTold()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Random(1, 2, 3, 4, 4);
        Assert.True(IsInMemory(x, Numbers.Random(2, 2, 3, 4, 4)));
        Assert.False(IsInMemory(x, MemoryOrder.Arrange(x.clone(), MemoryFormat.ChannelsLast)));
        Assert.False(IsInMemory(x, x.to(ScalarType.Float32)));
        Assert.False(IsInMemory(x, Numbers.Random(2, 2, 3, 16)));
        Assert.False(IsInMemory(stack([x, x], 4).select(4, 0)));
        Assert.False(IsInMemory(x.to(ScalarType.Int64)));
        // Strides of sizes of 1 mean nothing.
        Assert.True(IsInMemory(ones(2, 1, 3), ones(2, 3).unsqueeze(1).transpose(0, 1).transpose(0, 1)));
    }

    private static bool IsInMemory(Tensor first, Tensor? other = null)
    {
        using var list = new TensorList([first]);
        using var others = other is null ? null : new TensorList([other]);
        return list.IsInMemory(others);
    }

    private static Tensor Leaf(double value)
    {
        var leaf = Numbers.Of([value], 1);
        leaf.requires_grad = true;
        return leaf;
    }
}
