using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class DirectionsTests
{
    [Fact]
    public void Length_ThreeAndFour_IsFive() => Assert.Equal(5, Directions.Length([3, 4]));

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(3, 3, 0.25)]
    [InlineData(0, 5, 0.5)]
    [InlineData(-1, 1, 0.75)]
    [InlineData(-4, 0, 1)]
    public void Angle_ToTheFirstAxis_InHalfTurns(double x, double y, double expected) => Assert.Equal(expected, Directions.Angle([1, 0], [x, y]) / Math.PI, 1e-12);

    [Fact]
    public void Distance_TinyAngle_KeepsItsDigits() => Assert.Equal(1e-12, Directions.Distance([1, 0], [2, 2e-12]), 1e-20);
}
