using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class DropoutTests
{
    [Fact]
    public void Forward_Training_DropsTheShareAndScalesTheRest()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(3);
        var output = new Dropout(0.25).Forward(Ops.Full([10_000], 3, ScalarType.Float64), ForwardMode.Training).ToArray<double>();
        Assert.All(output, value => Assert.True(value is 0 or 4));
        // The standard deviation of the share is 0.0043.
        Assert.InRange(output.Count(value => value == 0) / 10_000.0, 0.23, 0.27);
    }

    [Fact]
    public void Forward_EvaluationOrProbabilityZero_IsTheInput()
    {
        using var scope = TensorScope.Begin();
        var x = Ops.Full([10], 3);
        Assert.Same(x, new Dropout(0.5).Forward(x, ForwardMode.Evaluation));
        Assert.Same(x, new Dropout(0).Forward(x, ForwardMode.Training));
    }
}
