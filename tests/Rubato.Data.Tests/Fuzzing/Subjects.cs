using System.Collections.Immutable;
using System.Text;
using Rubato.Data.Datasets.Cifar;
using Rubato.Data.Datasets.Csv;
using Rubato.Data.Datasets.Idx;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Fuzzing;

/// <summary>A whole data set to be damaged: its files by their standard names, and how they are loaded from memory.</summary>
internal sealed record Subject(
    string Kind,
    ImmutableArray<(string Name, byte[] Content)> Files,
    bool IsPacked,
    Func<ImmutableArray<byte[]>, DatasetOptions, Dataset> Load);

internal static class Subjects
{
    internal static ImmutableArray<Subject> Small { get; } =
    [
        Idx(count: 60, side: 12, packed: false),
        Idx(count: 60, side: 12, packed: true),
        Cifar(CifarFormat.Cifar10, count: 4),
        Cifar(CifarFormat.Cifar100, count: 6),
        Csv(Table(rows: 60, columns: 6)),
        Csv(Table(rows: 300, columns: 1)),
        Csv(Table(rows: 4, columns: 300)),
    ];

    /// <summary>Large enough for ten times the file to be far more than the constant of the allocation rule.</summary>
    internal static ImmutableArray<Subject> Large { get; } =
    [
        Idx(count: 900, side: 28, packed: false),
        Idx(count: 900, side: 28, packed: true),
        Cifar(CifarFormat.Cifar10, count: 60),
        Csv(Table(rows: 60_000, columns: 1)),
        Csv(Table(rows: 4, columns: 60_000)),
    ];

    private static Subject Idx(int count, int side, bool packed)
    {
        byte[] Pack(byte[] bytes) => packed ? Bytes.Gzip(bytes) : bytes;
        var ending = packed ? ".gz" : "";
        return new Subject(
            "mnist",
            [
                ("train-images-idx3-ubyte" + ending, Pack(Bytes.Images(count, side, side))),
                ("train-labels-idx1-ubyte" + ending, Pack(Bytes.Labels(Bytes.Cycle(count, 10)))),
                ("t10k-images-idx3-ubyte" + ending, Pack(Bytes.Images(20, side, side))),
                ("t10k-labels-idx1-ubyte" + ending, Pack(Bytes.Labels(Bytes.Cycle(20, 10)))),
            ],
            packed,
            (files, options) => IdxKind.Load("x", [.. files.Select(file => Bytes.File("file", file))], options.Normalization));
    }

    private static Subject Cifar(CifarFormat format, int count)
    {
        var labels = format.LabelBytes.Select(label => Bytes.Cycle(count, label.Values)).ToArray();
        return new Subject(
            format.Name,
            [.. format.TrainFiles.Add(format.TestFile).Select(name => (name, Bytes.Cifar(count, labels)))],
            IsPacked: false,
            (files, options) => new CifarKind(format).Load(
                "x", [.. files[..^1].Select(file => Bytes.File("file", file))], Bytes.File("file", files[^1]), options.Normalization));
    }

    private static Subject Csv(byte[] table) =>
        new("csv", [("table.csv", table)], IsPacked: false, (files, options) => CsvKind.Load("x", Bytes.File("file", files[0]), options));

    // One digit a field: the most numbers, and so the largest arrays, that a file of its size can ask for.
    private static byte[] Table(int rows, int columns)
    {
        var random = new CounterRandom(rows, columns, 5);
        var text = new StringBuilder();
        text.Append('k').Insert(1, ",c", columns).Append('\n');
        for (var row = 0; row < rows; row++)
        {
            text.Append((char)('a' + (row % 2)));
            for (var column = 0; column < columns; column++)
            {
                text.Append(',').Append(random.NextInt(10));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
