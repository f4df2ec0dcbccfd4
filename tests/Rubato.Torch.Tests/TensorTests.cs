using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Add_TwoVectors_AddsByElements()
    {
        using var scope = TensorScope.Begin();
        var a = Ops.From<float>([1, 2, 3], [3]);
        var b = Ops.From<float>([10, 20, 30], [3]);
        Assert.Equal([21f, 42f, 63f], Ops.Add(a, b, 2).ToArray<float>());
    }

    [Fact]
    public void Backward_SumOfSquares_IsTwiceTheInput()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.From<float>([1, 2, 3], [3]);
        x.RequiresGrad = true;
        var list = new TensorList([x]);
        Ops.Sum(Ops.Multiply(x, x)).Backward();
        using var g = TensorList.RoomFor(list);
        g.TakeGradients(list);
        using (Autograd.NoGrad())
        {
            Foreach.Add(list, g, -0.5);
        }

        Assert.Equal([0f, 0f, 0f], x.ToArray<float>());
    }

    [Fact]
    public void MatrixProduct_WrongShapes_NamesTheOperator()
    {
        using var scope = TensorScope.Begin();
        var a = Ops.From<float>([1, 2, 3], [3, 1]);
        var e = Assert.Throws<TorchException>(() => Ops.MatrixProduct(a, a));
        Assert.StartsWith("aten::matmul: mat1 and mat2 shapes", e.Message);
    }
}
