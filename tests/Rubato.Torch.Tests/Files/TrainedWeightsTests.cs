using Rubato.Cli.Catalog;
using Rubato.Runs.Weights;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Files;

public sealed class TrainedWeightsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void Load_WhatOfWrote_IsTheSameNetworkInAnyMemoryFormat()
    {
        Engine.Seed(1);
        using var written = Network("convnet(4, 8)");
        written.MoveTo(CPU, MemoryFormat.ChannelsLast);
        using var read = Network("convnet(4, 8)");
        TrainedWeights.Save(written, FilePath);
        TrainedWeights.Load(read, FilePath);
        foreach (var (expected, actual) in written.state_dict().Zip(read.state_dict()).Where(pair => pair.First.Value.dtype == ScalarType.Float32))
        {
            Assert.Equal(expected.Key, actual.Key);
            Assert.Equal(MemoryOrder.ToArray<float>(expected.Value), MemoryOrder.ToArray<float>(actual.Value));
        }
    }

    [Fact]
    public void Load_FileOfANetworkWithOtherLayers_WhatFitsAndANoteOnTheOthers()
    {
        Engine.Seed(1);
        using var written = Network("mlp(4, 2)");
        using var read = Network("mlp(4, norm batch)");
        TrainedWeights.Save(written, FilePath);
        var before = States(read);
        var loaded = TrainedWeights.Load(read, FilePath);

        Assert.Equal((9, "1.weight 1.bias"), (loaded.Tensors, string.Join(' ', loaded.Loaded)));
        Assert.Equal(
            [
                $"'{FilePath}' lacks 2.weight, 2.bias, 4.weight, 4.bias, 2.running_mean, 2.running_var, 2.num_batches_tracked, which stay as they were.",
                $"'{FilePath}' has 3.bias, 3.weight, 5.bias, 5.weight, which the network does not have.",
            ],
            loaded.Notes.Select(note => Sorted(note)));
        Assert.Equal(States(written)["1.weight"], States(read)["1.weight"]);
        Assert.Equal(States(written)["1.bias"], States(read)["1.bias"]);
        Assert.All(States(read).Where(state => !loaded.Loaded.Contains(state.Key)), state => Assert.Equal(before[state.Key], state.Value));
    }

    [Fact]
    public void Load_FileOfOtherShapes_ANoteWithBoth()
    {
        using var written = Network("mlp(4, 2)");
        using var read = Network("mlp(4, 5)");
        TrainedWeights.Save(written, FilePath);
        var before = States(read);
        var loaded = TrainedWeights.Load(read, FilePath);

        Assert.Equal(["1.weight", "1.bias", "5.bias"], loaded.Loaded);
        Assert.Equal(
            $"'{FilePath}' has 3.weight F32 (2, 4) for F32 (5, 4), 3.bias F32 (2) for F32 (5), 5.weight F32 (3, 2) for F32 (3, 5) of the network, which stay as they were.",
            Assert.Single(loaded.Notes));
        Assert.Equal(before["3.weight"], States(read)["3.weight"]);
    }

    [Fact]
    public void Load_NoParameterFits_RefusedAndNothingChanged()
    {
        using var written = Network("mlp(4)");
        using var read = Network("mlp(5, norm batch)");
        TrainedWeights.Save(written, FilePath);
        var before = States(read);

        Assert.Equal(
            $"path is '{FilePath}', but no tensor in it has the name and the shape of a parameter of the network; it has "
            + "1.weight F32 (4, 36), 1.bias F32 (4), 3.weight F32 (3, 4), 3.bias F32 (3), and the network needs "
            + "1.weight F32 (5, 36), 1.bias F32 (5), 2.weight F32 (5), 2.bias F32 (5), 4.weight F32 (3, 5), 4.bias F32 (3), "
            + "2.running_mean F32 (5), 2.running_var F32 (5), 2.num_batches_tracked I64 ().",
            Assert.Throws<InvalidInputException>(() => TrainedWeights.Load(read, FilePath)).Message);
        Assert.Equal(before, States(read));
    }

    // 0.5, -3 and 1.25 are numbers of every type.
    [Theory]
    [InlineData(ScalarType.Float16, "F16")]
    [InlineData(ScalarType.BFloat16, "BF16")]
    [InlineData(ScalarType.Float64, "F64")]
    public void Load_NumbersOfAnotherType_ConvertedAndSaid(ScalarType type, string name)
    {
        using var written = Linear(3, 1);
        using var read = Linear(3, 1);
        using (no_grad())
        {
            written.weight!.copy_(Numbers.Of([0.5, -3, 1.25], 1, 3));
        }

        written.ConvertTo(type);
        TrainedWeights.Save(written, FilePath);
        var loaded = TrainedWeights.Load(read, FilePath);

        Assert.Equal([0.5, -3, 1.25], Numbers.Values(read.weight!));
        Assert.Equal(ScalarType.Float32, read.weight!.dtype);
        Assert.Equal($"2 of the tensors in '{FilePath}' were converted from {name} to F32.", Assert.Single(loaded.Notes));
    }

    [Fact]
    public void Load_FrozenParameter_FilledAndStillFrozen()
    {
        using var written = Linear(3, 1);
        using var read = Linear(3, 1);
        read.Freeze("weight");
        TrainedWeights.Save(written, FilePath);

        Assert.Empty(TrainedWeights.Load(read, FilePath).Notes);
        Assert.Equal(States(written), States(read));
        Assert.False(read.weight!.requires_grad);
    }

    // Cut anywhere, even within the last tensor, the file is refused before the first is filled.
    [Fact]
    public void Load_DamagedFile_NothingChanged()
    {
        using var written = Network("mlp(4)");
        using var read = Network("mlp(4)");
        TrainedWeights.Save(written, FilePath);
        var (whole, before) = (File.ReadAllBytes(FilePath), States(read));
        for (var length = 0; length < whole.Length; length += 13)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Throws<InvalidInputException>(() => TrainedWeights.Load(read, FilePath));
        }

        Assert.Equal(before, States(read));
    }

    [Fact]
    public void Load_NoFile_OneSentence() => Assert.StartsWith(
        $"{FilePath} cannot be read: ",
        Assert.Throws<InvalidInputException>(() =>
        {
            using var network = Linear(3, 1);
            TrainedWeights.Load(network, FilePath);
        }).Message,
        StringComparison.Ordinal);

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
            TrainedWeights.Of(built).Select(entry => $"{entry.Name} {entry.Type} {string.Join('x', entry.Shape)}".TrimEnd()).Order(StringComparer.Ordinal));
    }

    // With what that engine saw of its networks on the test set.
    [Theory]
    [InlineData("convnet(4, 8)", "golden/weights/convnet.safetensors", 1.678391695022583, 0.39)]
    [InlineData("mlp(4, norm batch)", "golden/weights/mlp.safetensors", 1.7556970119476318, 0.345)]
    public void Load_FileOfAnEarlierRun_TheNetworkThatWasTrained(string network, string file, double loss, double accuracy)
    {
        var run = Trained.Task(_scratch.Small with { Data = "glyphs(train 2000, test 200)", Network = network });
        using var parts = new RunParts(run);
        TrainedWeights.Load(parts.Network, file);
        var evaluation = Evaluation.Of(parts.HeldOut!);
        Assert.Equal(loss, evaluation.Loss, 1e-4);
        Assert.Equal(accuracy, evaluation.Accuracy, 1e-12);
    }

    public void Dispose() => _scratch.Dispose();

    private string FilePath => Path.Combine(_scratch.Folder, "a.safetensors");

    private static SortedDictionary<string, double[]> States(Module network) =>
        new(network.state_dict().ToDictionary(named => named.Key, named => Numbers.Values(named.Value), StringComparer.Ordinal), StringComparer.Ordinal);

    // A file has its tensors in an order of its own, that of the size of their numbers.
    private static string Sorted(string note) =>
        note.Contains(" has ", StringComparison.Ordinal) && note.Split(" has ") is [var file, var rest] && rest.Split(", which") is [var names, var end]
            ? $"{file} has {string.Join(", ", names.Split(", ").Order(StringComparer.Ordinal))}, which{end}"
            : note;

    private static Module<Tensor, Tensor> Network(string text) => NetworkCatalog.Parse(text).Build(new InputShape(1, 6, 6, 3));

    [Fact]
    public void Load_BuffersOfOtherTypes_AsTheyWereWritten()
    {
        using var written = new Buffered(7, mask: true);
        using var read = new Buffered(0, mask: false);
        TrainedWeights.Save(written, FilePath);
        TrainedWeights.Load(read, FilePath);

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
