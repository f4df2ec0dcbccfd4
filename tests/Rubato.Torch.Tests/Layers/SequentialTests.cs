using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class SequentialTests
{
    [Fact]
    public void NamesAndForward_AreInOrder()
    {
        using var scope = TensorScope.Begin();
        using var network = new Sequential([new Flatten(), new Linear(4, 3), new Relu(), new Linear(3, 2)]);
        Assert.Equal(["1.weight", "1.bias", "3.weight", "3.bias"], network.NamedParameters().Select(parameter => parameter.Key));
        Assert.Equal([5L, 2], network.Forward(Ops.Zeros([5, 1, 2, 2]), ForwardMode.Training).Shape);
        Assert.Throws<ArgumentNullException>(() => new Sequential(null!));
    }
}
