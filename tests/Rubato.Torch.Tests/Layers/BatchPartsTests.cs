using Rubato.Torch.Layers;

namespace Rubato.Torch.Tests.Layers;

public sealed class BatchPartsTests
{
    [Theory]
    [InlineData(128, 32, "32 32 32 32")]
    [InlineData(100, 32, "32 32 32 4")]
    [InlineData(129, 32, "32 32 32 33")]
    [InlineData(130, 32, "32 32 32 32 2")]
    [InlineData(20, 32, "20")]
    [InlineData(33, 32, "33")]
    [InlineData(1, 32, "1")]
    [InlineData(3, 1, "1 1 1")]
    public void LengthOf_EachPart_IsTheSizeAndWhatIsLeft(int samples, int size, string expected)
    {
        var parts = new BatchParts(samples, size);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, parts.Count).Select(parts.LengthOf)));
        Assert.Equal(samples, parts.Samples);
    }

    [Fact]
    public void Parts_OfAnyBatch_CoverItInOrderAndNoneIsASingleSample()
    {
        foreach (var (samples, size) in Batches(firstSize: 1))
        {
            var parts = new BatchParts(samples, size);
            var next = 0;
            for (var i = 0; i < parts.Count; i++)
            {
                var (start, length) = parts[i].GetOffsetAndLength(samples);
                Assert.Equal((next, parts.LengthOf(i)), (start, length));
                Assert.InRange(length, Math.Min(samples, Math.Min(size, 2)), size + 1);
                next += length;
            }

            Assert.Equal(samples, next);
        }
    }

    [Fact]
    public void Parts_OfPartsOfAMultiple_AreThePartsOfTheSize()
    {
        foreach (var (samples, size) in Batches(firstSize: 2))
        {
            var whole = new BatchParts(samples, size);
            var micro = new BatchParts(samples, 3 * size);
            var inner = Enumerable.Range(0, micro.Count)
                .Select(i => new BatchParts(micro.LengthOf(i), size))
                .SelectMany(parts => Enumerable.Range(0, parts.Count).Select(parts.LengthOf));
            Assert.Equal(Enumerable.Range(0, whole.Count).Select(whole.LengthOf), inner);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Parts_NumberBelowOne_IsRefused(int samples, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchParts(samples, size));

    private static IEnumerable<(int Samples, int Size)> Batches(int firstSize) =>
        from samples in Enumerable.Range(1, 100)
        from size in Enumerable.Range(firstSize, 30)
        select (samples, size);
}
