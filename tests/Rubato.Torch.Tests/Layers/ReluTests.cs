using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class ReluTests
{
    [Fact]
    public void Forward_InPlace_IsTheInput()
    {
        using var scope = TensorScope.Begin();
        var x = Numbers.Of([-1, 0, 2], 3);
        Assert.Same(x, new Relu().Forward(x, ForwardMode.Training));
        Assert.Equal([0.0, 0, 2], x.ToArray<double>());
    }

    public static TheoryData<string> Before => ["linear", "conv", "norm", "max", "average", "sum", "lrn"];

    [Theory]
    [MemberData(nameof(Before))]
    public void Forward_AfterEachKindOfLayer_GradientsAgreeWithDifferences(string before) => Numbers.CheckGradients(
        x => new Relu().Forward(
            before switch
            {
                "linear" => Ops.Linear(Ops.Flatten(x[0]), x[1], bias: null),
                "conv" => Ops.Conv2d(x[0], Ops.Reshape(x[1], 1, 2, 2, 4), bias: null, 1, 1),
                "norm" => Ops.BatchNorm(x[0], null, null, null, null, training: true, 0.1, 1e-5),
                "max" => Ops.MaxPool2d(x[0], 2, 2),
                "average" => Ops.AveragePool2d(x[0], 2, 2),
                "sum" => Ops.Add(x[0], x[0]),
                _ => new WithinChannelLrn(3, 1, 0.75).Forward(x[0], ForwardMode.Training),
            },
            ForwardMode.Training),
        Numbers.Random(1, 2, 2, 2, 4),
        before is "linear" or "conv" ? Numbers.Random(2, 1, 16) : Numbers.Random(2, 1));
}
