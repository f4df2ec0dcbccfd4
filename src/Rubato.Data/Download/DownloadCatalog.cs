using System.Collections.Immutable;

namespace Rubato.Data.Download;

/// <summary>One file of a data set.</summary>
/// <param name="Name">Its name at the source and, unless it is unpacked, on the disk.</param>
/// <param name="Md5">Its published checksum, 32 lower-case hexadecimal digits.</param>
/// <param name="UnpacksTo">For a .tar.gz: the one folder that it holds; null for a file that stays as it is.</param>
internal sealed record DownloadFile(string Name, string Md5, string? UnpacksTo = null);

/// <summary>One data set that can be fetched.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Base">The official address of the folder that holds its files.</param>
/// <param name="Files">Its files.</param>
internal sealed record DownloadSource(string Name, Uri Base, ImmutableArray<DownloadFile> Files);

/// <summary>Where the known data sets are and what their files must be.</summary>
/// <remarks>
/// MNIST: the mirror that torchvision names first, because the original site has closed. Fashion-MNIST: zalandoresearch/fashion-mnist,
/// README. CIFAR: the authors' page. The checksums are those that torchvision and the authors publish.
/// </remarks>
internal static class DownloadCatalog
{
    internal static ImmutableArray<DownloadSource> Official { get; } =
    [
        new("mnist", new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        [
            new("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            new("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
            new("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
            new("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
        ]),
        new("fashion-mnist", new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        [
            new("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            new("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
            new("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
            new("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
        ]),
        new("cifar10", new Uri("https://www.cs.toronto.edu/~kriz/"),
            [new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530", "cifar-10-batches-bin")]),
        new("cifar100", new Uri("https://www.cs.toronto.edu/~kriz/"),
            [new("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8", "cifar-100-binary")]),
    ];
}
