using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class RateLeanTests
{
    private static readonly RehearsalSettings Upright = new() { HorizonLean = 0, BatchLean = 0 };

    // Rates 10^-1, 10^-0.5, 1: a symmetric valley has its minimum in the middle.
    [Fact]
    public void Peak_SymmetricValley_ItsMiddle() => Assert.Equal(Math.Pow(10, -0.5), Peak(Upright, 2, 1, 2), 1e-12);

    // Through 2, 1, 1 the parabola is lowest half a step to the right of the middle: a quarter of a decade.
    [Fact]
    public void Peak_LeaningValley_TheParabolasVertex() => Assert.Equal(Math.Pow(10, -0.25), Peak(Upright, 2, 1, 1), 1e-12);

    [Fact]
    public void Peak_OneRun_ItsRate() =>
        Assert.Equal(0.1, RateLean.Peak(new Dictionary<int, double> { [-2] = 1 }, 9, Upright, 1, 1), 1e-15);

    // A tenth of a decade down for each decade of updates, 0.15 up for each decade of the batch, and at most 0.8 up.
    [Theory]
    [InlineData(100, 1, -0.2)]
    [InlineData(0.1, 1, 0)]
    [InlineData(1, 100, 0.3)]
    [InlineData(10, 100, 0.2)]
    [InlineData(1, 1e9, 0.8)]
    public void Peak_LongerAndLarger_Leans(double longer, double larger, double decades) =>
        Assert.Equal(Math.Pow(10, -0.5 + decades), Peak(new RehearsalSettings(), 2, 1, 2, longer, larger), 1e-12);

    // A decade of leaning upwards, from the middle: with a run above it that learned nothing it ends at the best one.
    [Fact]
    public void Peak_TheRunAboveLearnedNothing_NotBeyondTheBest()
    {
        var settings = Upright with { BatchLean = 1, MostLean = 1 };

        Assert.Equal(Math.Pow(10, 0.5), Peak(settings, 8.5, 1, 8.5, larger: 10), 1e-12);
        Assert.Equal(Math.Pow(10, -0.5), Peak(settings, 9, 1, 9, larger: 10), 1e-12);
    }

    // A neighbour that was destroyed counts as three times as far above the best as the other: 1, 0 and 3 are lowest at -1/4 of a step, 1, 0 and 99 at
    // -49/100.
    [Fact]
    public void Vertex_DestroyedNeighbour_PushesByAnEighthOfADecadeAtMost()
    {
        var scores = new Dictionary<int, double> { [-2] = 1, [-1] = 0, [0] = 99 };

        Assert.Equal(Math.Pow(10, -0.5 - 0.125), RateLean.Vertex(scores, isEven: true), 1e-12);
        Assert.Equal(Math.Pow(10, -0.5 - 0.245), RateLean.Vertex(scores, isEven: false), 1e-12);
    }

    [Fact]
    public void Vertex_NeighbourAsGoodAsTheBest_TheBest() =>
        Assert.Equal(Math.Pow(10, -0.5), RateLean.Vertex(new Dictionary<int, double> { [-2] = 1, [-1] = 0, [0] = 0 }, isEven: true), 1e-12);

    private static double Peak(
        RehearsalSettings settings, double left, double middle, double right, double longer = 1, double larger = 1) =>
        RateLean.Peak(new Dictionary<int, double> { [-2] = left, [-1] = middle, [0] = right }, nothing: 9, settings, longer, larger);
}
