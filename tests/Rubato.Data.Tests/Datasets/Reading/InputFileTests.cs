using System.IO.Pipes;
using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Reading;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Reading;

public sealed class InputFileTests
{
    [Theory]
    [InlineData("csv")]
    [InlineData("mnist")]
    [InlineData("mnist.gz")]
    [InlineData("cifar10")]
    [InlineData("cifar100")]
    public void Load_FilesBehindLinks_ReadsAllThatTheyHold(string format)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in FilesOf(format))
        {
            folder.Write($"kept/{name}", content);
            folder.Write($"linked/{name}", []);
            File.Delete(folder.At($"linked/{name}"));
            File.CreateSymbolicLink(folder.At($"linked/{name}"), $"../kept/{name}");
        }

        var (kept, linked) = (Load(format, folder.At("kept")), Load(format, folder.At("linked")));
        Assert.Equal((kept.Train.Count, kept.Test.Count), (linked.Train.Count, linked.Test.Count));
        Assert.Equal(kept.ContentHash, linked.ContentHash);
    }

    [Fact]
    public void OnDisk_Pipe_IsAFindingThatNamesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux names the ends of pipes as files.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/proc/self/fd/{pipe.GetClientHandleAsString()}";
        Check.Finding(
            $"{path} is a pipe or a device, which has no length; write what it gives into a file, and name that.",
            () => InputFile.OnDisk(path));
    }

    private static Dataset Load(string format, string folder) => format == "csv"
        ? DatasetCatalog.Load($"csv:{folder}/table.csv", new DatasetOptions { Label = "kind" })
        : DatasetCatalog.Load($"{format.Split('.')[0]}:{folder}", new DatasetOptions());

    private static IEnumerable<(string Name, byte[] Content)> FilesOf(string format) => format switch
    {
        "csv" => [("table.csv", [.. "x,kind\n"u8, .. Enumerable.Range(0, 180).SelectMany(row => (byte[])[(byte)('0' + (row % 7)), .. ",a\n0,b\n"u8])])],
        "mnist" => Idx(packed: false),
        "mnist.gz" => Idx(packed: true),
        "cifar10" =>
        [
            .. Enumerable.Range(1, 5).Select(batch => ($"data_batch_{batch}.bin", Bytes.Cifar(2, [0, 1]))),
            ("test_batch.bin", Bytes.Cifar(1, [3])),
        ],
        _ => [("train.bin", Bytes.Cifar(2, [1, 2], [0, 50])), ("test.bin", Bytes.Cifar(1, [19], [4]))],
    };

    private static IEnumerable<(string Name, byte[] Content)> Idx(bool packed)
    {
        (string Name, byte[] Content)[] files =
        [
            ("train-images-idx3-ubyte", Bytes.Images(6, 4, 5)),
            ("train-labels-idx1-ubyte", Bytes.Labels(0, 1, 2, 0, 1, 2)),
            ("t10k-images-idx3-ubyte", Bytes.Images(3, 4, 5)),
            ("t10k-labels-idx1-ubyte", Bytes.Labels(0, 1, 2)),
        ];
        return files.Select(file => packed ? ($"{file.Name}.gz", Bytes.Gzip(file.Content)) : file);
    }
}
