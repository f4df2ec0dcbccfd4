using Rubato.Cli.Catalog;
using Rubato.Runs.Weights;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

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
        using var read = Network("mlp(5, norm batch)");
        SafeTensorsWriter.Write(FilePath, Weights.Of(written));
        var findings = Assert.Throws<InvalidInputException>(() => Weights.Load(read, FilePath)).Message.Split('\n');
        Assert.Contains($"'{FilePath}': the tensor '1.weight' is F32 (4, 36), but the network needs F32 (5, 36).", findings);
        Assert.Contains($"'{FilePath}' has no tensor '2.running_mean'; it belongs to another network.", findings);
        Assert.Contains($"'{FilePath}' has a tensor '3.weight' that the network does not have.", findings);
    }

    /// <summary>Networks, and the names, types and shapes of the tensors in the files that the engine before this one, on libtorch 1.13, wrote of them.</summary>
    public static TheoryData<string, string> Earlier
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var section in File.ReadAllText("golden/weights/names.txt").Split("# ", StringSplitOptions.RemoveEmptyEntries))
            {
                var end = section.IndexOf('\n', StringComparison.Ordinal);
                data.Add(section[..end], section[(end + 1)..].Trim());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Of_EveryNetwork_TheTensorsOfEarlierRuns(string network, string tensors)
    {
        using var built = NetworkCatalog.Parse(network).Build(new InputShape(1, 28, 28, 10));
        Assert.Equal(
            tensors.Split('\n').Order(StringComparer.Ordinal),
            Weights.Of(built).Select(entry => $"{entry.Name} {entry.Type} {string.Join('x', entry.Shape)}".TrimEnd()).Order(StringComparer.Ordinal));
    }

    // With what that engine saw of its networks on the test set.
    [Theory]
    [InlineData("convnet(4, 8)", "golden/weights/convnet.safetensors", 1.678391695022583, 0.39)]
    [InlineData("mlp(4, norm batch)", "golden/weights/mlp.safetensors", 1.7556970119476318, 0.345)]
    public void Load_FileOfAnEarlierRun_TheNetworkThatWasTrained(string network, string file, double loss, double accuracy)
    {
        var run = Trained.Task(_scratch.Small with { Data = "glyphs(train 2000, test 200)", Network = network });
        using var parts = new RunParts(run);
        Weights.Load(parts.Network, file);
        var evaluation = Evaluation.Of(parts.HeldOut!);
        Assert.Equal(loss, evaluation.Loss, 1e-4);
        Assert.Equal(accuracy, evaluation.Accuracy, 1e-12);
    }

    public void Dispose() => _scratch.Dispose();

    private string FilePath => Path.Combine(_scratch.Folder, "a.safetensors");

    private static Module<Tensor, Tensor> Network(string text) => NetworkCatalog.Parse(text).Build(new InputShape(1, 6, 6, 3));

    [Fact]
    public void Load_BuffersOfOtherTypes_AsTheyWereWritten()
    {
        using var written = new Buffered(7, mask: true);
        using var read = new Buffered(0, mask: false);
        SafeTensorsWriter.Write(FilePath, Weights.Of(written));
        Weights.Load(read, FilePath);

        Assert.Equal(written.Content, read.Content);
        using var file = SafeTensorsReader.Open(FilePath);
        Assert.Equal(["BOOL", "I32"], file.Tensors.Select(tensor => tensor.Type).Order(StringComparer.Ordinal));
    }

    private sealed class Buffered : Module
    {
        private readonly Tensor _numbers;
        private readonly Tensor _mask;

        public Buffered(int number, bool mask)
            : base("buffered")
        {
            (_numbers, _mask) = (tensor([number, -number]), tensor([mask, false]));
            RegisterComponents();
        }

        public (int Number, bool Mask) Content => (_numbers[0].item<int>(), _mask[0].item<bool>());
    }
}
