using Rubato.Control;
using Rubato.Schedules;

namespace Rubato.Tests;

public sealed class PolyakRateTests
{
    private static readonly Schedule Shape = new Cosine(1, 0);

    private static TrainingPlan Plan => new(new PlanSettings { Length = Duration.Batches(100), LearningRate = 1, BatchSize = 1 });

    [Theory]
    [InlineData(null)]
    [InlineData(0.1)]
    [InlineData(0.0)]
    public void PlanRate_NoShape_ThatOfARehearsedRate(double? warmup)
    {
        var length = Duration.Epochs(3);
        Assert.Equal(Rate.Rehearsed().PlanRate(length, 3, warmup), Rate.Polyak(2).PlanRate(length, 3, warmup));
        Assert.Equal(Rate.Rehearsed().UsualWarmup, Rate.Polyak().UsualWarmup);
    }

    [Fact]
    public void PlanRate_Shape_TheShape()
    {
        Assert.Equal(Shape, Rate.Polyak(2, Shape).PlanRate(Duration.Epochs(3), 3));
        Assert.Null(Rate.Polyak(2, Shape).UsualWarmup);
    }

    [Fact]
    public void PlanRate_WarmupThatIsNoShare_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("warmup", () => Rate.Polyak().PlanRate(Duration.Epochs(3), 3, 1));

    [Fact]
    public void Over_UsualRate_BeginsWithIt() =>
        Assert.Equal(new Polyak(Plan, new PolyakSettings { FirstRate = 0.25, Multiple = 2 }), Rate.Polyak(2).Over(Plan, usualRate: 0.25));

    [Fact]
    public void Over_NoUsualRate_SaysWhatIsMissing() => Assert.StartsWith(
        "'polyak(2)' begins with the optimizer's usual rate, since the first update has no gradient before it; name it.",
        Assert.Throws<ArgumentNullException>("usualRate", () => Rate.Polyak(2).Over(Plan)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_NoFiniteNumberAboveZero_Throws(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("multiple", () => Rate.Polyak(value));
        Assert.Throws<ArgumentOutOfRangeException>("usualRate", () => Rate.Polyak().Over(Plan, value));
    }
}
