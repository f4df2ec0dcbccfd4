using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Tensors;

public sealed class AutogradTests
{
    public static TheoryData<string> Functions => ["x y", "x / 2 + y", "x ^ 3", "|x|", "x y^T", "x - y", "x[::2]", "pad", "stack", "flatten"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Backward_SmallFunctions_AgreeWithDifferences(string function) => Numbers.CheckGradients(
        inputs => function switch
        {
            "x y" => Ops.Multiply(inputs[0], inputs[1]),
            "x / 2 + y" => Ops.Add(Ops.Multiply(inputs[0], 0.5), inputs[1]),
            "x ^ 3" => Ops.Power(inputs[0], 3),
            "|x|" => Ops.Add(Ops.Norm(inputs[0]), Ops.Sum(inputs[1])),
            "x y^T" => Ops.Linear(inputs[0], inputs[1], bias: null),
            "x - y" => Ops.Subtract(inputs[0], inputs[1]),
            "x[::2]" => Ops.Slice(inputs[0], 1, 0, step: 2),
            "pad" => Ops.PadWithZeros(inputs[0], 1, 2),
            "stack" => Stack(inputs),
            "flatten" => Ops.Flatten(Ops.Reshape(inputs[0], 2, 1, -1)),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        },
        Numbers.Random(1, 2, 3),
        Numbers.Random(2, 2, 3));

    [Fact]
    public void NoGrad_Nested_GoesBackToWhatWas()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2);
        x.RequiresGrad = true;
        Assert.True(Ops.Relu(x).RequiresGrad);
        using (Autograd.NoGrad())
        {
            Assert.False(Ops.Relu(x).RequiresGrad);
            using (Autograd.NoGrad())
            {
                Assert.False(Ops.Relu(x).RequiresGrad);
            }

            Assert.False(Ops.Relu(x).RequiresGrad);
        }

        Assert.True(Ops.Relu(x).RequiresGrad);
    }

    [Fact]
    public void NoGrad_OnAnException_GoesBack()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2);
        x.RequiresGrad = true;
        Assert.Throws<TorchException>(() =>
        {
            using var pause = Autograd.NoGrad();
            Ops.MatrixProduct(Ops.Zeros([2, 3]), Ops.Zeros([2, 3]));
        });
        Assert.True(Ops.Relu(x).RequiresGrad);
    }

    [Fact]
    public void NoGrad_OnAnotherThread_DoesNotReachThisOne()
    {
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        var recorded = false;
        var thread = new Thread(() =>
        {
            using var inner = TensorScope.Begin();
            var x = Numbers.Random(1, 2);
            x.RequiresGrad = true;
            recorded = Ops.Relu(x).RequiresGrad;
        });
        thread.Start();
        thread.Join();
        Assert.True(recorded);
    }

    [Fact]
    public void Backward_Twice_NeedsTheGraphKept()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([3], 1);
        x.RequiresGrad = true;
        var y = Ops.Sum(Ops.Multiply(x, x));
        y.Backward(keepGraph: true);
        y.Backward();
        Assert.Equal([12.0], Numbers.Gradients(x)[0]);
        Assert.Contains("backward through the graph a second time", Assert.Throws<TorchException>(() => y.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_OfNoScalarOrNoGraph_IsRefused()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Random(1, 2);
        Assert.StartsWith("backward: ", Assert.Throws<TorchException>(() => Ops.Sum(x).Backward()).Message, StringComparison.Ordinal);
        x.RequiresGrad = true;
        Assert.Contains("scalar", Assert.Throws<TorchException>(() => Ops.Relu(x).Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_AfterTheIntermediatesAreFreed_StillWorks()
    {
        using var outer = TensorScope.Begin();
        var x = Numbers.Of([2], 1);
        x.RequiresGrad = true;
        Tensor loss;
        using (var inner = TensorScope.Begin())
        {
            loss = inner.Keep(Ops.Sum(Ops.Power(Ops.Multiply(x, x), 2)));
        }

        loss.Backward();
        Assert.Equal([32.0], Numbers.Gradients(x)[0]);
    }

    private static Tensor Stack(Tensor[] inputs)
    {
        using var list = new TensorList(inputs);
        return Ops.Stack(list);
    }
}
