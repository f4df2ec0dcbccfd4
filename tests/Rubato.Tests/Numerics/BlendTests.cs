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
}
