using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Memory;

public sealed class MemoryOrderTests
{
    [Theory]
    [InlineData(2, 3, 4, 5)]
    [InlineData(2, 1, 4, 5)]
    [InlineData(2, 3, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    public void Arrange_ChannelsLast_ChannelsAreNeighbours(long n, long c, long h, long w)
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Random(1, n, c, h, w);
        var arranged = MemoryOrder.Arrange(x, MemoryFormat.ChannelsLast);
        Assert.Equal([c * h * w, 1, w * c, c], arranged.stride());
        Assert.Equal(Numbers.Values(x), Numbers.Values(arranged));
        var back = MemoryOrder.Arrange(arranged, MemoryFormat.Contiguous);
        Assert.True(back.is_contiguous());
        Assert.Equal(Numbers.Values(x), Numbers.Values(back));
    }

    [Fact]
    public void Arrange_OtherDimensions_AreContiguous()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([3, 1], MemoryOrder.Arrange(Numbers.Random(1, 3, 2).t(), MemoryFormat.ChannelsLast).stride());
    }

    [Fact]
    public void Arrange_AParameter_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Random(1, 2, 3, 4, 4);
        x.requires_grad = true;
        Assert.False(MemoryOrder.Arrange(x, MemoryFormat.ChannelsLast).requires_grad);
    }

    [Fact]
    public void ToArrayAndAsSpan_ChannelsLast_AreRowMajorAndMemoryOrder()
    {
        using var scope = NewDisposeScope();
        var x = MemoryOrder.Arrange(MemoryOrder.From<double>([0, 1, 2, 3, 4, 5, 6, 7], 1, 2, 2, 2), MemoryFormat.ChannelsLast);
        Assert.Equal([0.0, 1, 2, 3, 4, 5, 6, 7], MemoryOrder.ToArray<double>(x));
        Assert.Equal([0.0, 4, 1, 5, 2, 6, 3, 7], MemoryOrder.AsSpan<double>(x));
        MemoryOrder.AsSpan<double>(x)[1] = -1;
        Assert.Equal(-1, x[0, 1, 0, 0].item<double>());
    }

    [Fact]
    public void From_EveryElementType_RoundTrips()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1f, -2], MemoryOrder.ToArray<float>(MemoryOrder.From<float>([1, -2], 2)));
        Assert.Equal([1.0, -2], MemoryOrder.ToArray<double>(MemoryOrder.From<double>([1, -2], 2)));
        Assert.Equal([1L, -2], MemoryOrder.ToArray<long>(MemoryOrder.From<long>([1, -2], 2)));
        Assert.Equal([1, -2], MemoryOrder.ToArray<int>(MemoryOrder.From<int>([1, -2], 2)));
        Assert.Equal(new byte[] { 1, 2 }, MemoryOrder.ToArray<byte>(MemoryOrder.From<byte>([1, 2], 2)));
        Assert.Equal([5L], MemoryOrder.ToArray<long>(MemoryOrder.From<long>([5])));
    }

    [Fact]
    public void From_AnotherNumberOfValues_SaysBoth() =>
        Assert.StartsWith(
            "A tensor of 4 elements needs as many numbers, got 3.",
            Assert.Throws<ArgumentException>(() => MemoryOrder.From<float>([1, 2, 3], 2, 2)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void AsSpan_AnotherType_SaysBoth()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            "The tensor holds Float32, not Double.",
            Assert.Throws<InvalidOperationException>(() => MemoryOrder.AsSpan<double>(zeros(2))[0]).Message);
    }

    [Fact]
    public void AsSpan_NotDense_IsRefusedAndToArrayCopies()
    {
        using var scope = NewDisposeScope();
        var x = MemoryOrder.From<float>([1, 2, 3, 4], 2, 2).select(1, 1);
        Assert.Throws<InvalidOperationException>(() => MemoryOrder.AsSpan<float>(x)[0]);
        Assert.Equal([2f, 4], MemoryOrder.ToArray<float>(x));
    }

    [Fact]
    public void Number_OneElement_IsItAndOthersAreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.1, MemoryOrder.Number(Numbers.Of([0.1])));
        Assert.Equal(0.1f, MemoryOrder.Number(Numbers.Of([0.1], 1, 1).to(ScalarType.Float32)));
        Assert.StartsWith(
            "A number is read from one floating-point element, got 2 of Float32.",
            Assert.Throws<ArgumentException>(() => MemoryOrder.Number(zeros(2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MemoryOrder.Number(tensor(3L)));
    }
}
