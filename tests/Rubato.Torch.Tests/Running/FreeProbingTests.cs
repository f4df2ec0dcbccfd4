using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class FreeProbingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    // 6 x 8 and 8 x 3; biases and normalization do not multiply.
    [Fact]
    public void Products_LinearLayers_TheirWeights()
    {
        using var network = Sequential(Linear(6, 8), BatchNorm1d(8), ReLU(), Dropout(0.5), Linear(8, 3));
        Assert.Equal(48 + 24 + 8 + 3 + 16, FreeProbing.Products(ObjectiveOf(network, rand(10, 6))));
    }

    // 4 filters of 1 x 3 x 3 at 5 x 5 places, and 100 x 3.
    [Fact]
    public void Products_Convolution_AtEachPlace()
    {
        using var network = Sequential(Conv2d(1, 4, 3, padding: 1), Flatten(), Linear(100, 3));
        Assert.Equal((36 * 25) + 300, FreeProbing.Products(ObjectiveOf(network, rand(10, 1, 5, 5))));
    }

    [Fact]
    public void Products_SamplesThatDoNotFit_TheParameters()
    {
        using var network = Linear(7, 3);
        Assert.Equal(24, FreeProbing.Products(ObjectiveOf(network, rand(10, 6))));
    }

    // An update counts 0.2 ms, a product six operations of 1.5e10 a second: 2 s / (2e-4 / 50 + 6 x 250,000 / 1.5e10) = 2 / (4e-6 + 1e-4).
    [Fact]
    public void Samples_Network_TwoSecondsWorth()
    {
        using var network = Sequential(Linear(500, 499, hasBias: false), Linear(499, 1, hasBias: false));
        var objective = ObjectiveOf(network, rand(10, 500));
        Assert.Equal(2 / (4e-6 + (6 * 249_999 / 1.5e10)), FreeProbing.Samples(objective, 50), 1.0);
    }

    [Fact]
    public void Samples_Network_StaysWhatItWas()
    {
        var dropout = Dropout(0.5);
        using var network = Sequential(Linear(6, 32), BatchNorm1d(32), dropout, Linear(32, 3));
        dropout.eval();
        using var before = Engine.RandomState();
        var buffers = network.buffers().Select(buffer => buffer.clone()).ToList();
        _ = FreeProbing.Samples(ObjectiveOf(network, rand(10, 6)), 10);
        Assert.All(network.buffers().Zip(buffers), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.True(network.training);
        Assert.False(dropout.training);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static SupervisedObjective ObjectiveOf(Module<Tensor, Tensor> network, Tensor inputs) => new(
        network,
        Samples.Of(inputs, arange(10) % 3),
        Losses.CrossEntropy,
        [],
        new Placement(CPU, MemoryFormat.Contiguous, ScalarType.Float32));
}
