using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class AscendingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1.5, 1)]
    [InlineData(2, 1)]
    [InlineData(2.5, 3)]
    [InlineData(9, 4)]
    public void CountBelow_AnyBound_NumbersBelowIt(double bound, int count) => Assert.Equal(count, Ascending.CountBelow([1, 2, 2, 5], bound));

    [Fact]
    public void CountBelow_NoNumbers_None() => Assert.Equal(0, Ascending.CountBelow([], 1));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(1, 2)]
    [InlineData(1.5, 2)]
    [InlineData(4, 3)]
    [InlineData(1e12, 3)]
    public void IndexAt_FewStarts_LastOneAtOrBelow(double position, int index) => Assert.Equal(index, Ascending.IndexAt([0, 1, 1, 4], position));

    [Fact]
    public void IndexAt_ManyStarts_SameRule()
    {
        double[] starts = [.. Enumerable.Range(0, 60).Select(n => (double)(n / 3))];
        for (var position = 0.0; position < 25; position += 0.25)
        {
            Assert.Equal(starts.Index().Last(start => start.Item <= position).Index, Ascending.IndexAt(starts, position));
        }
    }
}
