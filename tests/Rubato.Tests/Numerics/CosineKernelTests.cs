using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class CosineKernelTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1 / 6.0, 0.9330127018922193)]
    [InlineData(1 / 4.0, 0.8535533905932737)]
    [InlineData(1 / 3.0, 0.75)]
    [InlineData(1 / 2.0, 0.5)]
    [InlineData(2 / 3.0, 0.25)]
    [InlineData(1, 0)]
    public void Of_KnownAngle_Table(double share, double value) => Assert.Equal(value, CosineKernel.Of(share), 5e-16);

    [Fact]
    public void Of_Ends_Exact()
    {
        Assert.Equal(1.0, CosineKernel.Of(0));
        Assert.Equal(0.0, CosineKernel.Of(1));
    }

    [Fact]
    public void Of_AnyShare_SquareOfTheLibrarysCosine()
    {
        for (var n = 1; n < 10_000; n++)
        {
            var share = n / 10_000.0;
            // Beyond the middle by the sine of what is left, which does not cancel.
            var root = share < 0.5 ? Math.Cos(Math.PI * share / 2) : Math.Sin(Math.PI * (1 - share) / 2);
            Assert.InRange(CosineKernel.Of(share) / (root * root), 1 - 2e-15, 1 + 2e-15);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1001)]
    public void All_AnyCount_WhatOfReturnsToTheLastBit(int count)
    {
        double[] shares = [.. Enumerable.Range(0, count).Select(n => n * 7 % 1001 / 1001.0)];
        var values = shares.ToArray();
        CosineKernel.All(values);
        Assert.Equal(shares.Select(CosineKernel.Of), values);
    }
}
