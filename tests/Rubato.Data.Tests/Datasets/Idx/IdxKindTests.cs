using System.Collections.Immutable;
using Rubato.Data.Datasets;
using Rubato.Data.Datasets.Idx;
using Rubato.Data.Datasets.Reading;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Idx;

public sealed class IdxKindTests
{
    private static readonly byte[] TrainImages = Bytes.Images(6, 4, 5);
    private static readonly byte[] TrainLabels = Bytes.Labels(Bytes.Cycle(6, 3));
    private static readonly byte[] TestImages = Bytes.Images(3, 4, 5);
    private static readonly byte[] TestLabels = Bytes.Labels(0, 1, 2);

    [Theory]
    [InlineData("train-", "t10k-", "", false)]
    [InlineData("train-", "t10k-", ".gz", true)]
    [InlineData("emnist-letters-train-", "emnist-letters-test-", "", false)]
    [InlineData("emnist-letters-train-", "emnist-letters-test-", ".gz", true)]
    [InlineData("train-", "t10k-", ".gz", false)]
    public void Load_FourFiles_ReadsThemByTheirContent(string train, string test, string ending, bool packed)
    {
        using var folder = new TemporaryFolder();
        Write(folder, train, test, ending, packed);
        var dataset = DatasetCatalog.Load($"mnist:{folder.Path}", new DatasetOptions { Normalization = Normalization.MeanImage });
        Assert.Equal((6, 3, 3), (dataset.Train.Count, dataset.Test.Count, dataset.Train.Classes));
        Assert.Equal([1, 4, 5], dataset.Train.Shape);
        Assert.Equal(["0", "1", "2"], dataset.ClassNames);
        Assert.Equal([0, 1, 2, 0, 1, 2], Check.Labels(dataset.Train));
        Assert.Equal(TestImages.Skip(16).Select(pixel => (int)pixel), WithoutMean(dataset.Test, TrainImages));
        Assert.Equal(64, dataset.ContentHash.Length);
    }

    [Fact]
    public void Load_BothPlainAndPacked_TakesThePlain()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train-", "t10k-", "", packed: false);
        folder.Write("train-images-idx3-ubyte.gz", [1, 2, 3]);
        Assert.Equal(6, DatasetCatalog.Load($"mnist:{folder.Path}", new DatasetOptions()).Train.Count);
    }

    [Fact]
    public void Load_PackedOrPlain_HasTheSameHashAndOtherContentAnother()
    {
        var plain = Load(TrainImages, TrainLabels, TestImages, TestLabels).ContentHash;
        Assert.Equal(plain, Load(Bytes.Gzip(TrainImages), TrainLabels, Bytes.Gzip(TestImages), TestLabels).ContentHash);
        Assert.NotEqual(plain, Load(TrainImages, TrainLabels, TestImages, Bytes.Labels(0, 1, 1)).ContentHash);
        Assert.NotEqual(plain, Load(TrainImages, TrainLabels, With(TestImages, 20, 1), TestLabels).ContentHash);
    }

    [Fact]
    public void Load_LabelsFromOne_LeavesClassZeroEmpty()
    {
        var dataset = Load(TrainImages, Bytes.Labels(1, 2, 3, 1, 2, 3), TestImages, Bytes.Labels(3, 2, 1));
        Assert.Equal(4, dataset.Train.Classes);
        Assert.Equal([1, 2, 3, 1, 2, 3], Check.Labels(dataset.Train));
    }

    [Fact]
    public void Load_MissingFolderOrFiles_SaysAllOfThem()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.At("none");
        Check.Finding(
            $"The folder {missing} does not exist; name the folder that holds the four IDX files, or fetch them with 'rubato data get mnist {missing}'.",
            () => DatasetCatalog.Load($"mnist:{missing}", new DatasetOptions()));
        folder.Write("train-images-idx3-ubyte", TrainImages);
        folder.Write("emnist-a-train-labels-idx1-ubyte", TrainLabels);
        folder.Write("emnist-b-train-labels-idx1-ubyte", TrainLabels);
        folder.Write("t10k-images-idx3-ubyte", TestImages);
        Check.Findings(
            [
                $"{folder.Path} holds emnist-a-train-labels-idx1-ubyte and emnist-b-train-labels-idx1-ubyte; keep one data set a folder.",
                $"{folder.Path} holds no t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz; put the four IDX files there, or fetch them with 'rubato data get mnist {folder.Path}'.",
            ],
            () => DatasetCatalog.Load($"mnist:{folder.Path}", new DatasetOptions()));
        Check.Finding(
            $"{folder.At("t10k-images-idx3-ubyte")} is a file; mnist:DIR needs the folder that holds the four IDX files.",
            () => DatasetCatalog.Load($"mnist:{folder.At("t10k-images-idx3-ubyte")}", new DatasetOptions()));
    }

    [Fact]
    public void Load_WrongMagic_SaysWhichIsRight() => Check.Finding(
        "train-images begins with 0x00000801; an IDX file of images begins with 0x00000803.",
        () => Load(TrainLabels, TrainImages, TestImages, TestLabels));

    [Fact]
    public void Load_PlainFileCutShort_SaysClaimAndLength() => Check.Finding(
        "The header of train-images claims 136 bytes in all, but the file holds 130; it is cut short or damaged, so fetch it again.",
        () => Load(TrainImages[..130], TrainLabels, TestImages, TestLabels));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    public void Load_HeaderCutShort_SaysHowFarItGoes(int length) => Check.Finding(
        $"train-images ends within its header, after {length} of 16 bytes; it is cut short, so fetch it again.",
        () => Load(TrainImages[..length], TrainLabels, TestImages, TestLabels));

    [Theory]
    [InlineData(int.MinValue, 4, 5, "2147483648 images; it must be at least 1 and at most 2147483647")]
    [InlineData(-1, 4, 5, "4294967295 images; it must be at least 1 and at most 2147483647")]
    [InlineData(0, 4, 5, "0 images; it must be at least 1 and at most 2147483647")]
    [InlineData(6, 1025, 5, "images of 1025 rows; it must be at least 1 and at most 1024")]
    [InlineData(6, 4, -1, "images of 4294967295 columns; it must be at least 1 and at most 1024")]
    public void Load_HeaderOutOfRange_SaysTheRange(int count, int height, int width, string claim) => Check.Finding(
        $"The header of train-images claims {claim}.",
        () => Load(Bytes.Idx(0x803, [count, height, width], new byte[120]), TrainLabels, TestImages, TestLabels));

    [Fact]
    public void Load_HeaderClaimsHugeFile_IsRefusedBeforeAllocating()
    {
        var plain = Bytes.Idx(0x803, [int.MaxValue, 1024, 1024], new byte[120]);
        var packed = Bytes.Gzip(plain);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Check.Finding(
            "The header of train-images claims 2251799812636688 bytes in all, but the file holds 136; it is cut short or damaged, so fetch it again.",
            () => Load(plain, TrainLabels, TestImages, TestLabels));
        Check.Finding(
            $"The header of train-images claims 2251799812636688 bytes from a .gz file of {packed.Length}; at most 10 times the file's size (or 131072 bytes if that is more) is unpacked, so unpack it with gunzip first if it is really that large.",
            () => Load(packed, TrainLabels, TestImages, TestLabels));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void Load_GzipBomb_IsRefusedThoughItHoldsWhatItClaims()
    {
        var packed = Bytes.Gzip(Bytes.Images(2000, 28, 28, new byte[2000 * 784]));
        Check.Finding(
            $"The header of train-images claims 1568016 bytes from a .gz file of {packed.Length}; at most 10 times the file's size (or 131072 bytes if that is more) is unpacked, so unpack it with gunzip first if it is really that large.",
            () => Load(packed, TrainLabels, TestImages, TestLabels));
    }

    [Fact]
    public void Load_GzipThatHoldsMoreOrLess_SaysSo()
    {
        Check.Finding(
            "train-images holds more than the 120 bytes of images that its header claims; fetch it again.",
            () => Load(Bytes.Gzip([.. TrainImages, 0]), TrainLabels, TestImages, TestLabels));
        Check.Finding(
            "train-images ends after 119 of the 120 bytes of images that its header claims; it is cut short, so fetch it again.",
            () => Load(Bytes.Gzip(TrainImages[..^1]), TrainLabels, TestImages, TestLabels));
    }

    [Fact]
    public void Load_TruncatedGzip_SaysThatItIsNotWhole()
    {
        var packed = Bytes.Gzip(TrainImages);
        for (var length = 12; length < packed.Length; length++)
        {
            var finding = Assert.Single(Assert.Throws<InvalidInputException>(
                () => Load(packed[..length], TrainLabels, TestImages, TestLabels)).Message.Split('\n'));
            Assert.StartsWith("train-images ", finding, StringComparison.Ordinal);
            Assert.EndsWith("fetch it again.", finding, StringComparison.Ordinal);
        }

        Check.Finding(
            "train-images does not end with its unpacked size, 136, as gzip data do; it is cut short or has something after its end, so fetch it again.",
            () => Load(packed[..^2], TrainLabels, TestImages, TestLabels));
    }

    [Fact]
    public void Load_DamagedGzip_SaysSo()
    {
        var packed = Bytes.Gzip(TrainImages);
        packed[^6] ^= 1;
        Check.Finding("train-images is damaged: it is no valid gzip data; fetch it again.", () => Load(packed, TrainLabels, TestImages, TestLabels));
    }

    [Fact]
    public void Load_CountsDiffer_SaysBoth() => Check.Finding(
        "train-images holds 6 images but train-labels holds 3 labels; both must belong to one data set.",
        () => Load(TrainImages, TestLabels, TestImages, TestLabels));

    [Fact]
    public void Load_SplitsDoNotBelongTogether_SaysWhy()
    {
        Check.Finding(
            "The images of test-images are 5 x 4, those of train-images are 4 x 5; both must belong to one data set.",
            () => Load(TrainImages, TrainLabels, Bytes.Images(3, 5, 4), TestLabels));
        Check.Finding(
            "Label 2 (counted from 0) of test-labels is 9, but the training labels go up to 2; both files must belong to one data set.",
            () => Load(TrainImages, TrainLabels, TestImages, Bytes.Labels(0, 1, 9)));
        Check.Finding(
            "All labels of train-labels are 4; a training set needs at least two classes.",
            () => Load(TrainImages, Bytes.Labels(4, 4, 4, 4, 4, 4), TestImages, TestLabels));
    }

    [Fact]
    public void OnDisk_MissingFile_IsAFinding()
    {
        var finding = Assert.Single(Assert.Throws<InvalidInputException>(() => InputFile.OnDisk("no/such/file")).Message.Split('\n'));
        Assert.StartsWith("no/such/file cannot be read: ", finding, StringComparison.Ordinal);
    }

    private static Dataset Load(byte[] trainImages, byte[] trainLabels, byte[] testImages, byte[] testLabels) => IdxKind.Load(
        "x",
        ImmutableArray.Create(
            Bytes.File("train-images", trainImages), Bytes.File("train-labels", trainLabels),
            Bytes.File("test-images", testImages), Bytes.File("test-labels", testLabels)),
        Normalization.PerChannel);

    private static void Write(TemporaryFolder folder, string train, string test, string ending, bool packed)
    {
        byte[] Content(byte[] plain) => packed ? Bytes.Gzip(plain) : plain;
        folder.Write($"{train}images-idx3-ubyte{ending}", Content(TrainImages));
        folder.Write($"{train}labels-idx1-ubyte{ending}", Content(TrainLabels));
        folder.Write($"{test}images-idx3-ubyte{ending}", Content(TestImages));
        folder.Write($"{test}labels-idx1-ubyte{ending}", Content(TestLabels));
    }

    private static IEnumerable<int> WithoutMean(Examples examples, byte[] trainImages)
    {
        var values = Check.All(examples);
        return values.Select((value, i) => (int)Math.Round(value + Enumerable.Range(0, 6).Average(image => trainImages[16 + (image * 20) + (i % 20)])));
    }

    private static byte[] With(byte[] bytes, int at, byte change)
    {
        var copy = bytes.ToArray();
        copy[at] ^= change;
        return copy;
    }
}
