using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class ActivationMeterTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void BytesPerSample_OutputsOfTrainedModules_OnceEach()
    {
        var first = Linear(6, 32);
        using var network = Sequential(first, ReLU(), BatchNorm1d(32), Dropout(0.5), Linear(32, 3));
        Assert.Equal(4 * (32 + 32 + 3), Bytes(network));
        foreach (var frozen in first.parameters())
        {
            frozen.requires_grad = false;
        }

        Assert.Equal(4 * (32 + 3), Bytes(network));
    }

    [Fact]
    public void BytesPerSample_Network_StaysWhatItWas()
    {
        var dropout = Dropout(0.5);
        using var network = Sequential(Linear(6, 32), BatchNorm1d(32), dropout, Linear(32, 3));
        dropout.eval();
        var objective = ObjectiveOf(network);
        using var before = Engine.RandomState();
        var buffers = network.buffers().Select(buffer => buffer.clone()).ToList();
        _ = ActivationMeter.BytesPerSample(objective);
        using var after = Engine.RandomState();
        Assert.True(before.equal(after).all().item<bool>());
        Assert.All(network.buffers().Zip(buffers), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.True(network.training);
        Assert.False(dropout.training);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void BytesPerSample_SamplesThatDoNotFit_AreTheBusinessOfOthers()
    {
        using var network = Linear(7, 3);
        Assert.Equal(0, Bytes(network));
    }

    private static long Bytes(Module<Tensor, Tensor> network) => ActivationMeter.BytesPerSample(ObjectiveOf(network));

    private static SupervisedObjective ObjectiveOf(Module<Tensor, Tensor> network) => new(
        network,
        Samples.Of(rand(10, 6), arange(10) % 3),
        Losses.CrossEntropy,
        [],
        new Placement(CPU, MemoryFormat.Contiguous, ScalarType.Float32));
}
