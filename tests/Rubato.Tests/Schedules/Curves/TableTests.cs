using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class TableTests
{
    [Fact]
    public void At_Steps_LastPointBefore() =>
        Expect.Values(
            Of(Interpolation.None, (2, 1), (4, 5), (8, 3)),
            (0, 1), (2, 1), (Expect.Before(4), 1), (4, 5), (7, 5), (Expect.Before(8), 5), (8, 3), (1e12, 3));

    [Fact]
    public void At_Lines_BetweenThePointsAround() =>
        Expect.Values(
            Of(Interpolation.Linear, (2, 1), (4, 5), (8, 3)),
            (0, 1), (2, 1), (3, 3), (Expect.Before(4), 5), (4, 5), (6, 4), (8, 3), (9, 3));

    [Theory]
    [InlineData(Interpolation.None)]
    [InlineData(Interpolation.Linear)]
    public void At_OnePoint_ItsValue(Interpolation interpolation)
    {
        Expect.Values(Of(interpolation, (5, 2)), (0, 2), (5, 2), (6, 2));
        Assert.Equal(double.PositiveInfinity, Of(interpolation, (5, 2)).HoldsUntil(0));
    }

    [Theory]
    [InlineData(Interpolation.None, 0, 4)]
    [InlineData(Interpolation.None, 2, 4)]
    [InlineData(Interpolation.None, 4, double.PositiveInfinity)]
    [InlineData(Interpolation.Linear, 0, 2)]
    [InlineData(Interpolation.Linear, 3, 3)]
    [InlineData(Interpolation.Linear, 4, double.PositiveInfinity)]
    public void HoldsUntil_TwoPoints_Table(Interpolation interpolation, double position, double until) =>
        Assert.Equal(until, Of(interpolation, (2, 1), (4, 5)).HoldsUntil(position));

    [Fact]
    public void Constructor_BadPoints_Refused()
    {
        Expect.Refusal("points", "points must hold at least one duration, such as 30ep.", () => new Table([]));
        Expect.Refusal("points", "points must hold at least one duration, such as 30ep.", () => new Table(default));
        Expect.Refusal("points", "points must ascend, but 1ep comes after 2ep.", () => Of(Interpolation.None, (2, 1), (1, 1)));
        Expect.Refusal("points", "points must be a finite number.", () => Of(Interpolation.None, (2, double.NaN)));
        Expect.Refusal("interpolation", "interpolation must be None or Linear.", () => Of((Interpolation)2, (2, 1)));
    }

    [Fact]
    public void Equals_OtherPoints_Differs() =>
        Expect.Equality(
            () => Of(Interpolation.None, (1, 1), (2, 2)),
            Of(Interpolation.Linear, (1, 1), (2, 2)),
            Of(Interpolation.None, (1, 1), (2, 3)),
            Of(Interpolation.None, (1, 1), (3, 2)),
            Of(Interpolation.None, (1, 1)));

    private static Table Of(Interpolation interpolation, params (double Epochs, double Value)[] points) =>
        new([.. points.Select(point => new TablePoint(Duration.Epochs(point.Epochs), point.Value))], interpolation);
}
