using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Running;

public sealed class DrawnSamplesTests
{
    [Theory]
    [InlineData(40, 8)]
    [InlineData(120, 24)]
    [InlineData(60_000, 2000)]
    public void Reference_AFifthAtMost2000_NeverInABatch(int count, int heldOut)
    {
        var drawn = new DrawnSamples(count, seed: 3);
        var reference = drawn.Reference(count).ToArray();
        Assert.Equal(heldOut, reference.Distinct().Count());
        Assert.Equal(5, drawn.Reference(5).Length);

        // An epoch of the others, in two pieces of which the second runs on into the next epoch.
        int[] batches = [.. drawn.Next(0, 30).ToArray(), .. drawn.Next(30, count - heldOut - 29)];
        Assert.Equal(Enumerable.Range(0, count).Except(reference).Order(), batches[..^1].Order());
        Assert.DoesNotContain(batches[^1], reference);
    }

    [Fact]
    public void Reference_FewSamples_AllOfThem()
    {
        var drawn = new DrawnSamples(39, seed: 3);
        Assert.Equal(Enumerable.Range(0, 39), drawn.Reference(39).ToArray().Order());
        Assert.Equal(Enumerable.Range(0, 39), drawn.Next(0, 39).ToArray().Order());
    }

    [Fact]
    public void New_OtherSeed_OtherSamplesHeldOut()
    {
        Assert.Equal(new DrawnSamples(200, 3).Reference(40).ToArray(), new DrawnSamples(200, 3).Reference(40).ToArray());
        Assert.NotEqual(new DrawnSamples(200, 3).Reference(40).ToArray().Order(), new DrawnSamples(200, 4).Reference(40).ToArray().Order());
    }
}
