using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Cifar;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Cifar;

public sealed class CifarKindTests
{
    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin/")]
    public void Load_Cifar10_ReadsFiveFilesInOrder(string inner)
    {
        using var folder = new TemporaryFolder();
        for (var batch = 1; batch <= 5; batch++)
        {
            folder.Write($"{inner}data_batch_{batch}.bin", Bytes.Cifar(2, [(byte)batch, (byte)(batch + 1)]));
        }

        folder.Write($"{inner}test_batch.bin", Bytes.Cifar(3, [7, 8, 9]));
        var dataset = DatasetCatalog.Load($"cifar10:{folder.Path}", new DatasetOptions());
        Assert.Equal([3, 32, 32], dataset.Train.Shape);
        Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6], Check.Labels(dataset.Train));
        Assert.Equal([7, 8, 9], Check.Labels(dataset.Test));
        Assert.Equal("airplane automobile bird cat deer dog frog horse ship truck", string.Join(' ', dataset.ClassNames));
    }

    [Fact]
    public void Load_Cifar100_TakesTheFineLabel()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cifar-100-binary/train.bin", Bytes.Cifar(3, [1, 2, 3], [0, 50, 99]));
        folder.Write("cifar-100-binary/test.bin", Bytes.Cifar(1, [19], [4]));
        var dataset = DatasetCatalog.Load($"cifar100:{folder.Path}", new DatasetOptions());
        Assert.Equal([0, 50, 99], Check.Labels(dataset.Train));
        Assert.Equal(100, dataset.Train.Classes);
        Assert.Equal(100, dataset.ClassNames.Distinct().Count());
        Assert.Equal(dataset.ClassNames.Order(StringComparer.Ordinal), dataset.ClassNames);
    }

    [Fact]
    public void Load_Pixels_AreNormalisedByTheirOwnChannel()
    {
        var file = Bytes.Cifar(20, Bytes.Cycle(20, 10));
        var values = Check.All(Load10(file).Train);
        var raw = file.Chunk(3073).SelectMany(record => record.Skip(1)).ToArray();
        for (var channel = 0; channel < 3; channel++)
        {
            var own = raw.Where((_, i) => i % 3072 / 1024 == channel).Select(pixel => pixel / 255.0).ToArray();
            var mean = own.Average();
            var deviation = Math.Sqrt(own.Average(pixel => (pixel - mean) * (pixel - mean)));
            var found = values.Where((_, i) => i % 3072 / 1024 == channel);
            Assert.Equal(own.Select(pixel => (float)((pixel - mean) / deviation)), found, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void Load_WrongLengths_AreAllReported() => Check.Findings(
        [
            "train holds 3072 bytes, which is no multiple of a CIFAR-10 record's 3073; it is cut short or no CIFAR-10 binary file, so fetch it again.",
            "test is empty; fetch it again.",
        ],
        () => new CifarKind(CifarFormat.Cifar10).Load("x", [Bytes.File("train", new byte[3072])], Bytes.File("test", ""), Normalization.PerChannel));

    [Fact]
    public void Load_LabelOutOfRange_SaysWhichRecord()
    {
        Check.Finding(
            "The label of record 18 (counted from 0) of train is 10; CIFAR-10 has 0 to 9, so the file is damaged: fetch it again.",
            () => Load10(Bytes.Cifar(20, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 10, 11])));
        Check.Finding(
            "The coarse label of record 1 (counted from 0) of train is 20; CIFAR-100 has 0 to 19, so the file is damaged: fetch it again.",
            () => Load100(Bytes.Cifar(2, [0, 20], [0, 100])));
        Check.Finding(
            "The fine label of record 1 (counted from 0) of train is 100; CIFAR-100 has 0 to 99, so the file is damaged: fetch it again.",
            () => Load100(Bytes.Cifar(2, [0, 19], [0, 100])));
    }

    [Fact]
    public void Load_MissingFolderOrFiles_SaysAllOfThem()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.At("none");
        Check.Finding(
            $"The folder {missing} does not exist; name the folder that holds cifar-100-binary, or fetch it with 'rubato data get cifar100 {missing}'.",
            () => DatasetCatalog.Load($"cifar100:{missing}", new DatasetOptions()));
        folder.Write("data_batch_2.bin", []);
        Check.Finding(
            $"{folder.Path} holds no data_batch_1.bin, data_batch_3.bin, data_batch_4.bin, data_batch_5.bin, test_batch.bin; put the binary version of CIFAR-10 there, or fetch it with 'rubato data get cifar10 {folder.Path}'.",
            () => DatasetCatalog.Load($"cifar10:{folder.Path}", new DatasetOptions()));
    }

    private static Dataset Load10(byte[] train) => new CifarKind(CifarFormat.Cifar10).Load(
        "x", [Bytes.File("train", train)], Bytes.File("test", Bytes.Cifar(1, [0])), Normalization.PerChannel);

    private static Dataset Load100(byte[] train) => new CifarKind(CifarFormat.Cifar100).Load(
        "x", [Bytes.File("train", train)], Bytes.File("test", Bytes.Cifar(1, [0], [0])), Normalization.PerChannel);
}
