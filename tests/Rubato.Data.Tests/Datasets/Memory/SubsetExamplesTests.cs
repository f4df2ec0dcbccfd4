using Rubato.Data.Datasets.Idx;
using Rubato.Data.Datasets.Memory;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Datasets.Memory;

public sealed class SubsetExamplesTests
{
    // Ten of class 0, six of class 1, two of class 2.
    private static readonly byte[] Uneven = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2];

    [Theory]
    [InlineData(3, "1 1 1")]
    [InlineData(6, "2 2 2")]
    [InlineData(10, "4 4 2")]
    [InlineData(14, "6 6 2")]
    [InlineData(16, "8 6 2")]
    [InlineData(18, "10 6 2")]
    public void ClassBalanced_UnevenClasses_GivesEqualCountsAsFarAsTheyHold(int samples, string counts) =>
        Assert.Equal(counts, Counts(SubsetExamples.ClassBalanced(Examples(Uneven), samples, 1)));

    [Fact]
    public void ClassBalanced_Remainder_GoesToClassesDrawnBySeed()
    {
        var given = Enumerable.Range(0, 50).Select(seed => Counts(SubsetExamples.ClassBalanced(Examples(Uneven), 4, seed))).ToHashSet();
        Assert.Equal(["1 1 2", "1 2 1", "2 1 1"], given.Order());
    }

    [Fact]
    public void ClassBalanced_Always_TakesEachExampleAtMostOnceAndReadsIt()
    {
        var all = Examples(Uneven);
        for (var seed = 0; seed < 20; seed++)
        {
            var subset = SubsetExamples.ClassBalanced(all, 9, seed);
            var rows = Check.All(subset).Chunk(4).Select(row => string.Join(' ', row)).ToArray();
            var source = Check.All(all).Chunk(4).Select((row, i) => (Text: string.Join(' ', row), Label: all.LabelOf(i))).ToDictionary(row => row.Text, row => row.Label);
            Assert.Equal(9, rows.Distinct().Count());
            Assert.Equal(rows.Select(row => source[row]), Check.Labels(subset));
        }
    }

    [Fact]
    public void ClassBalanced_Seed_DecidesTheChoice()
    {
        var all = Examples(Uneven);
        Assert.Equal(Check.All(SubsetExamples.ClassBalanced(all, 9, 1)), Check.All(SubsetExamples.ClassBalanced(all, 9, 1)));
        Assert.NotEqual(Check.All(SubsetExamples.ClassBalanced(all, 9, 1)), Check.All(SubsetExamples.ClassBalanced(all, 9, 2)));
    }

    private static string Counts(Examples examples) =>
        string.Join(' ', Enumerable.Range(0, 3).Select(label => Check.Labels(examples).Count(found => found == label)));

    // Images whose four bytes tell them apart.
    private static Examples Examples(byte[] labels) => IdxKind.Load(
        "x",
        [
            Bytes.File("a", Bytes.Images(labels.Length, 2, 2, [.. Enumerable.Range(0, labels.Length * 4).Select(i => (byte)i)])),
            Bytes.File("b", Bytes.Labels(labels)), Bytes.File("c", Bytes.Images(1, 2, 2)), Bytes.File("d", Bytes.Labels(0)),
        ],
        Normalization.MeanImage).Train;
}
