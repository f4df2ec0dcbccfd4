using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class BlendTests
{
    [Theory]
    [InlineData(1, 0, 0.25, 0.25)]
    [InlineData(1, 0, 0.75, 0.75)]
    [InlineData(0, 8, 0.5, 4)]
    [InlineData(0.1, 0.1, 0.3, 0.1)]
    [InlineData(0.1, 0.1, 0.7, 0.1)]
    [InlineData(0.004, 0.1, 1, 0.004)]
    [InlineData(0.1, 4e-7, 0, 4e-7)]
    public void Of_Share_ExactWhereItCanBe(double from, double to, double left, double expected) => Assert.Equal(expected, Blend.Of(from, to, left));

    [Theory]
    [InlineData(1, 100, 0.5, 10)]
    [InlineData(1e-5, 1e308, 0, 1e-5)]
    [InlineData(1e-100, 1e300, 0.5, 1e100)]
    [InlineData(1e300, 1e-100, 0.25, 1e200)]
    [InlineData(1e-5, 1e308, 1, 1e308)]
    public void Geometric_Share_AlsoWhereTheRatioOverflows(double from, double to, double share, double expected) =>
        Assert.Equal(expected, Blend.Geometric(from, to, share), 1e-12 * expected);
}
