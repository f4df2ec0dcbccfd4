using Rubato.Runs.Charts;

namespace Rubato.Runs.Tests.Charts;

public sealed class CurveSamplerTests
{
    [Fact]
    public void Add_NoColumns_EveryChangeStays() =>
        Assert.Equal([(0, 1), (2, 1), (3, 5), (4, 2)], Thinned(0, 1, 1, 1, 5, 2));

    [Fact]
    public void Add_AColumn_FirstLowestHighestLast() =>
        Assert.Equal([(0, 3), (1, 1), (4, 9), (6, 5)], Thinned(10, 3, 1, 2, 3, 9, 8, 5).Where(point => point.X is 0 or 1 or 4 or 6));

    [Fact]
    public void Add_OnePeakAmongMany_IsKept()
    {
        var values = new double[10_000];
        values[4_321] = 7;

        Assert.Contains((4_321, 7), Thinned(1_000, values));
    }

    [Fact]
    public void Add_AStepInsideAColumn_StaysUpright() =>
        Assert.Equal([(0, 2), (4, 2), (5, 1), (9, 1)], Thinned(10, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1));

    [Fact]
    public void ToPoints_LongSmoothCurve_AtMostSixPointsAColumn() =>
        Assert.InRange(Thinned(1_000, [.. Enumerable.Range(0, 10_000).Select(i => Math.Sin(i / 300.0))]).Count, 20, 60);

    private static List<(double X, double Y)> Thinned(double column, params double[] values)
    {
        var sampler = new CurveSampler(column);
        foreach (var (i, value) in values.Index())
        {
            sampler.Add(new CurvePoint(i, i, value));
        }

        return [.. sampler.ToPoints().Select(point => (point.Samples, point.Value))];
    }
}
