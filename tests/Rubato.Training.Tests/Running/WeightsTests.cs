using Rubato.Runs.Weights;
using Rubato.Torch;
using Rubato.Torch.Layers;
using Rubato.Torch.Networks;
using Rubato.Torch.Tensors;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class WeightsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void Load_WhatOfWrote_IsTheSameNetworkInAnyMemoryFormat()
    {
        Engine.Seed(1);
        using var written = Network("convnet(4, 8)");
        written.MoveTo(Device.Cpu, MemoryFormat.ChannelsLast);
        using var read = Network("convnet(4, 8)");
        SafeTensorsWriter.Write(FilePath, Weights.Of(written));
        Weights.Load(read, FilePath);
        foreach (var (expected, actual) in written.StateTensors().Zip(read.StateTensors()).Where(pair => pair.First.Value.ScalarType == ScalarType.Float32))
        {
            Assert.Equal(expected.Key, actual.Key);
            Assert.Equal(expected.Value.ToArray<float>(), actual.Value.ToArray<float>());
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

    private static Layer Network(string text) => NetworkCatalog.Parse(text).Build(new InputShape(1, 6, 6, 3));
}
