using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class OperatorTests
{
    private static readonly Operator Add = new("aten::add", "Tensor");

    [Fact]
    public void Name_WithOverload_IsTheSchemas()
    {
        Assert.Equal("aten::add.Tensor", Add.Name);
        Assert.Equal("aten::relu", new Operator("aten::relu").Name);
    }

    [Fact]
    public void Call_UnknownOperator_NamesIt()
    {
        var e = Assert.Throws<TorchException>(() => new Operator("aten::no_such_thing").Call());
        Assert.Equal("aten::no_such_thing", e.Operation);
        Assert.Equal(TorchErrorKind.Failure, e.Kind);
        Assert.Contains("Could not find schema for aten::no_such_thing", e.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_UnknownOverload_NamesIt()
    {
        var e = Assert.Throws<TorchException>(() => new Operator("aten::add", "Nothing").Call());
        Assert.StartsWith("aten::add.Nothing: Could not find schema for aten::add.Nothing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_TooManyArguments_SaysTheNumbers()
    {
        using var scope = TensorScope.Begin();
        var e = Assert.Throws<TorchException>(() => Add.Call(Numbers.Random(1, 2), Numbers.Random(2, 2), 1L, 2L));
        Assert.StartsWith("aten::add.Tensor: takes 3 arguments, got 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_MissingArgumentWithoutDefault_NamesIt()
    {
        using var scope = TensorScope.Begin();
        var e = Assert.Throws<TorchException>(() => Add.Call(Numbers.Random(1, 2)));
        Assert.StartsWith("aten::add.Tensor: argument 'other' is missing and has no default", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_MissingTrailingArguments_TakesTheSchemasDefaults()
    {
        using var scope = TensorScope.Begin();
        // add's alpha is 1 by default, flatten's range is all dimensions.
        Assert.Equal([11.0], Add.Call(Numbers.Of([1], 1), Numbers.Of([10], 1)).ToArray<double>());
        Assert.Equal([24L], new Operator("aten::flatten", "using_ints").Call(Numbers.Random(1, 2, 3, 4)).Shape);
    }

    [Fact]
    public void Call_WrongType_IsATypeErrorThatNamesTheArgument()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2, 2);
        var e = Assert.Throws<TorchException>(() => new Operator("aten::flatten", "using_ints").Call(x, x));
        Assert.Equal(TorchErrorKind.Type, e.Kind);
        Assert.Equal("aten::flatten.using_ints", e.Operation);
        Assert.Contains("Expected a value of type 'int' for argument 'start_dim' but instead found type 'Tensor'", e.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list for tensor")]
    [InlineData("number for tensor")]
    [InlineData("boolean for list")]
    [InlineData("none for tensor")]
    public void Call_OtherWrongTypes_AreTypedExceptions(string what)
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2, 2);
        var e = Assert.Throws<TorchException>(() => what switch
        {
            "list for tensor" => Add.Call(x, new long[] { 1, 2 }),
            "number for tensor" => new Operator("aten::relu").Call(1L),
            "boolean for list" => new Operator("aten::reshape").Call(x, true),
            _ => new Operator("aten::relu").Call(Argument.None),
        });
        Assert.StartsWith("aten::", e.Message, StringComparison.Ordinal);
        Assert.NotEqual(TorchErrorKind.Other, e.Kind);
    }

    [Fact]
    public void Call_IntegerWhereFloatIsDeclared_IsTaken()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([1, 2], 2);
        // float p, and the optional float eps.
        Assert.Equal([0.0, 0.0], new Operator("aten::dropout").Call(x, 1L, true).ToArray<double>());
        Assert.Equal([1.0, 1.0], new Operator("aten::special_expit").Call(new Operator("aten::logit").Call(Numbers.Of([0.5, 0.5], 2), 1L)).ToArray<double>().Select(v => v == 0 || v == 1 ? 1.0 : 2.0));
    }

    [Fact]
    public void Call_OptionalTensorList_SelectsByIndices()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([10, 11, 20, 21, 30, 31], 3, 2);
        using var rows = new TensorList([Ops.From<long>([2, 0], [2])]);
        Assert.Equal([30.0, 31, 10, 11], new Operator("aten::index", "Tensor").Call(x, rows).ToArray<double>());
    }

    [Fact]
    public void Call_ListsBooleansAndDevices_AreTaken()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([1, 2, 3, 4], 2, 2);
        Assert.Equal([2L, 1], new Operator("aten::sum", "dim_IntList").Call(x, new long[] { 1 }, true).Shape);
        Assert.Equal([2L], new Operator("aten::sum", "dim_IntList").Call(x, new long[] { 1 }, false).Shape);
        Assert.Equal(ScalarType.Float32, new Operator("aten::to", "device").Call(x, Device.Cpu, ScalarType.Float32).ScalarType);
        using var both = new TensorList([x, x]);
        Assert.Equal([4L, 2], new Operator("aten::cat").Call(both, 0L).Shape);
    }

    [Fact]
    public void Call_ListOfMoreThanEight_IsRefused() =>
        Assert.StartsWith(
            "A list argument holds at most 8 entries, got 9.",
            Assert.Throws<ArgumentException>(() => Ops.Empty([1, 1, 1, 1, 1, 1, 1, 1, 1])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Call_MoreMemoryThanThereIs_IsOutOfMemory()
    {
        var e = Assert.Throws<TorchException>(() => Ops.Empty([1L << 50]));
        Assert.Equal(TorchErrorKind.OutOfMemory, e.Kind);
        Assert.Equal("aten::empty.memory_format", e.Operation);
    }

    [Fact]
    public void Call_SizesThatOverflow_IsATypedException() =>
        Assert.Equal("aten::empty.memory_format", Assert.Throws<TorchException>(() => Ops.Empty([long.MaxValue, 8])).Operation);

    [Fact]
    public void Call_IndexOutOfRange_IsAnIndexError()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal(TorchErrorKind.Index, Assert.Throws<TorchException>(() => Ops.ArgMax(Numbers.Random(1, 2, 2), 5)).Kind);
    }

    [Fact]
    public void Call_AfterAFailure_Works()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([1], 1);
        Assert.Throws<TorchException>(() => Add.Call(x));
        Assert.Equal([2.0], Add.Call(x, x).ToArray<double>());
    }

    [Fact]
    public void CallPair_TwoResults_GivesBoth()
    {
        using var scope = TensorScope.Begin();
        var (values, indices) = new Operator("aten::max", "dim").CallPair(Numbers.Of([1, 5, 7, 2], 2, 2), 1L);
        Assert.Equal([5.0, 7], values.ToArray<double>());
        Assert.Equal([1L, 0], indices.ToArray<long>());
    }

    [Fact]
    public void Call_OperatorOfTwoResults_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var e = Assert.Throws<InvalidOperationException>(() => new Operator("aten::max", "dim").Call(Numbers.Random(1, 2, 2), 1L));
        Assert.Equal("aten::max.dim returned 2 values, 2 of them tensors, where 1 tensors were expected.", e.Message);
    }

    [Fact]
    public void Call_OperatorOfANumber_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var e = Assert.Throws<InvalidOperationException>(() => new Operator("aten::size", "int").Call(Numbers.Random(1, 2, 2), 1L));
        Assert.Equal("aten::size.int returned 1 values, 0 of them tensors, where 1 tensors were expected.", e.Message);
    }

    [Fact]
    public void CallInto_WrongNumberOfResults_IsRefused()
    {
        using var scope = TensorScope.Begin();
        using var three = new TensorList([Numbers.Random(1, 1), Numbers.Random(2, 1), Numbers.Random(3, 1)]);
        using var two = new TensorList([three[0], three[1]]);
        using var room = TensorList.RoomFor(three);
        var e = Assert.Throws<InvalidOperationException>(() => new Operator("aten::_foreach_sqrt").CallInto(room, two));
        Assert.Equal("aten::_foreach_sqrt returned 2 values, 2 of them tensors, where 3 tensors were expected.", e.Message);
    }

    [Fact]
    public void CallInto_FewerPlacesThanResults_IsATypedException()
    {
        using var scope = TensorScope.Begin();
        using var two = new TensorList([Numbers.Random(1, 1), Numbers.Random(2, 1)]);
        using var one = new TensorList([two[0]]);
        using var room = TensorList.RoomFor(one);
        var e = Assert.Throws<TorchException>(() => new Operator("aten::_foreach_sqrt").CallInto(room, two));
        Assert.StartsWith("aten::_foreach_sqrt: more results than the caller has room for (1)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_FromManyThreads_FindsTheOperatorOnce()
    {
        var op = new Operator("aten::mul", "Tensor");
        var sums = new double[8];
        Parallel.For(0, sums.Length, i =>
        {
            using var scope = TensorScope.Begin();
            for (var k = 0; k < 100; k++)
            {
                sums[i] += op.Call(Numbers.Of([i], 1), Numbers.Of([k], 1)).Item();
            }
        });
        Assert.Equal(Enumerable.Range(0, 8).Select(i => i * 4950.0), sums);
    }

    [Fact]
    public void LastError_OfAnotherThread_IsNotSeen()
    {
        using var scope = TensorScope.Begin();
        var causes = new string[4];
        Parallel.For(0, causes.Length, i => causes[i] = Assert.Throws<TorchException>(() => new Operator($"aten::nothing_{i}").Call()).Cause);
        Assert.All(causes.Select((cause, i) => (cause, i)), pair => Assert.Contains($"aten::nothing_{pair.i}", pair.cause, StringComparison.Ordinal));
    }
}
