using Rubato.Control.Rehearsals;

namespace Rubato.Tests.Control.Rehearsals;

public sealed class RateLeanTests
{
    private static readonly RehearsalSettings Upright = new() { HorizonLean = 0, BatchLean = 0, UpperLean = 0 };

    // Rates 10^-1, 10^-0.5, 1: a symmetric valley has its minimum in the middle.
    [Fact]
    public void Peak_SymmetricValley_ItsMiddle() => Assert.Equal(Math.Pow(10, -0.5), Peak(Upright, 2, 1, 2), 1e-12);

    // Through 2, 1, 1 the parabola is lowest half a step to the right of the middle: a quarter of a decade.
    [Fact]
    public void Peak_LeaningValley_TheParabolasVertex() => Assert.Equal(Math.Pow(10, -0.25), Peak(Upright, 2, 1, 1), 1e-12);

    [Fact]
    public void Peak_OneRun_ItsRate() =>
        Assert.Equal(0.1, RateLean.Peak(new Dictionary<int, double> { [-2] = 1 }, 3, Upright, 1, 1), 1e-15);

    // The plateau reaches where the line from 1 to 2 has risen by 2 % of the fall of 2: 0.04 of a half decade.
    [Theory]
    [InlineData(1e6, 1, -0.02)]
    [InlineData(1, 1e9, 0.02)]
    public void Peak_Leaning_StaysOnThePlateau(double longer, double larger, double decades) =>
        Assert.Equal(Math.Pow(10, -0.5 + decades), Peak(new RehearsalSettings { UpperLean = 0 }, 2, 1, 2, longer, larger), 1e-12);

    // Flat to the right: the edge is half a decade away, and two thirds of it are leaned.
    [Fact]
    public void Peak_FlatAbove_TowardsTheUpperEdge()
    {
        var losses = new Dictionary<int, double> { [-2] = 2, [-1] = 1, [0] = 1.001, [1] = 1.001, [2] = 9 };
        var settings = new RehearsalSettings { HorizonLean = 0, BatchLean = 0 };

        Assert.InRange(RateLean.Peak(losses, 3, settings, 1, 1), Math.Pow(10, 0.1), Math.Pow(10, 0.5));
    }

    private static double Peak(RehearsalSettings settings, double left, double middle, double right, double longer = 1, double larger = 1) =>
        RateLean.Peak(new Dictionary<int, double> { [-2] = left, [-1] = middle, [0] = right }, 3, settings, longer, larger);
}
