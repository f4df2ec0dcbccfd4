using Rubato.Runs.Weights;
using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Training.Running;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Training.Tests.Running;

public sealed class WeightsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void Load_WhatOfWrote_IsTheSameNetworkInAnyMemoryFormat()
    {
        Engine.Seed(1);
        using var written = Network("convnet(4, 8)");
        written.MoveTo(CPU, MemoryFormat.ChannelsLast);
        using var read = Network("convnet(4, 8)");
        SafeTensorsWriter.Write(FilePath, Weights.Of(written));
        Weights.Load(read, FilePath);
        foreach (var (expected, actual) in written.state_dict().Zip(read.state_dict()).Where(pair => pair.First.Value.dtype == ScalarType.Float32))
        {
            Assert.Equal(expected.Key, actual.Key);
            Assert.Equal(MemoryOrder.ToArray<float>(expected.Value), MemoryOrder.ToArray<float>(actual.Value));
        }
    }

    [Fact]
    public void Load_AnotherNetworksFile_NamesEveryTensor()
    {
        using var written = Network("mlp(4)");
        using var read = Network("mlp(5, norm: batch)");
        SafeTensorsWriter.Write(FilePath, Weights.Of(written));
        var findings = Assert.Throws<InvalidInputException>(() => Weights.Load(read, FilePath)).Findings;
        Assert.Contains($"'{FilePath}': the tensor '1.weight' is F32 (4, 36), but the network needs F32 (5, 36).", findings);
        Assert.Contains($"'{FilePath}' has no tensor '2.running_mean'; it belongs to another network.", findings);
        Assert.Contains($"'{FilePath}' has a tensor '3.weight' that the network does not have.", findings);
    }

    public void Dispose() => _scratch.Dispose();

    private string FilePath => Path.Combine(_scratch.Folder, "a.safetensors");

    private static Module<Tensor, Tensor> Network(string text) => NetworkCatalog.Parse(text).Build(new InputShape(1, 6, 6, 3));
}
