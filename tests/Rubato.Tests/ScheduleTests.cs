using Rubato.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    private static readonly Schedule Line = new Linear(1, 0, Duration.Epochs(4));

    [Theory]
    [InlineData("0.1", false, false)]
    [InlineData("cosine(1 -> 0, 5ep)", true, false)]
    [InlineData("linear(0 -> 1, 5ba) then exp(1, gamma 0.9, every 1ep)", true, true)]
    [InlineData("over(linear(0 -> 1, 0.5dur) then 1, 5ba)", false, true)]
    public void Uses_Unit_AnywhereInside(string text, bool epochs, bool batches)
    {
        var schedule = Schedule.Parse(text);

        Assert.Equal(epochs, schedule.Uses(TimeUnit.Epochs));
        Assert.Equal(batches, schedule.Uses(TimeUnit.Batches));
        Assert.False(schedule.Uses(TimeUnit.Rest));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-double.Epsilon)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void At_NoPosition_Refused(double position)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(position), () => Line.At(position));
        Assert.StartsWith("A position must be a finite number of at least 0.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(double.MaxValue, double.MaxValue)]
    public void Fill_NoPositions_Refused(double first, double stride)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(first), () => Line.Fill(first, stride, new double[3]));
        Assert.StartsWith("Positions must be finite numbers of at least 0.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_NothingToFill_Nothing() => Line.Fill(0, 1, []);

    [Fact]
    public void At_TakesTheRest_SaysSo()
    {
        const string Message = "'linear(0 -> 1, 2ep) then cosine(1 -> 0)' takes the rest of a budget that is not known; call Over with a length, or put it "
            + "in a TrainingPlan.";
        var schedule = new Linear(0, 1, Duration.Epochs(2)).Then(new Cosine(1, 0));
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => schedule.At(0)).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => schedule.Fill(0, 1, new double[1])).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => schedule.End).Message);
        Assert.False(schedule.IsResolved);
        Assert.Equal(TimeUnit.Epochs, schedule.Unit);
        Assert.Equal(0.5, schedule.Over(Duration.Epochs(6)).At(4), 1e-15);
    }

    [Fact]
    public void At_SeveralUnits_SaysSo()
    {
        var schedule = new Linear(0, 1, Duration.Batches(2)).Then(new Linear(1, 0, Duration.Epochs(2)));
        Assert.Equal(
            "'linear(0 -> 1, 2ba) then linear(1 -> 0, 2ep)' cannot be evaluated by itself: its lengths have several units, or none; call Over with a "
            + "length, or put it in a TrainingPlan.",
            Assert.Throws<InvalidOperationException>(() => schedule.At(0)).Message);
        Assert.False(schedule.IsResolved);
        Assert.Null(schedule.Unit);
    }

    [Fact]
    public void At_NoUnitAtAll_SaysSo() =>
        Assert.Equal(
            "'cosine(1 -> 0)' cannot be evaluated by itself: its lengths have several units, or none; call Over with a length, or put it in a TrainingPlan.",
            Assert.Throws<InvalidOperationException>(() => new Cosine(1, 0).At(0)).Message);

    [Theory]
    [InlineData(TimeUnit.Epochs)]
    [InlineData(TimeUnit.Batches)]
    [InlineData(TimeUnit.Samples)]
    [InlineData(TimeUnit.Share)]
    public void Unit_OneUnit_CountsPositionsInIt(TimeUnit unit)
    {
        var schedule = new Linear(0, 1, Duration.Of(2, unit)).Then(new Linear(1, 0, Duration.Of(2, unit)));
        Assert.Equal(unit, schedule.Unit);
        Assert.Equal(4, schedule.End);
        Assert.Equal(0.5, schedule.At(3));
    }

    [Fact]
    public void FromNumber_Number_Constant() => Assert.Equal(new Constant(0.1), (Schedule)0.1);

    [Theory]
    [InlineData(1e12)]
    [InlineData(1L << 52)]
    public void At_HugePositions_ExactToTheUpdate(double position)
    {
        var triangular = new Triangular(0, 2000, Duration.Batches(2000));
        var cycle = position % 4000;
        for (var n = 0; n < 8000; n += 40)
        {
            var inside = (cycle + n) % 4000;
            Assert.Equal(inside <= 2000 ? inside : 4000 - inside, triangular.At(position + n));
        }
    }

    [Fact]
    public void At_SgdrAfterATrillionUpdates_TheCycleThatBeganThere()
    {
        // Cycle 37 of lengths 10, 20, 40, ... begins at 10 (2^37 - 1) and lasts 10 * 2^37.
        var sgdr = new WarmRestarts(8, 2, Duration.Batches(10), 2);
        var start = 10 * ((1L << 37) - 1);
        Assert.Equal(8, sgdr.At(start));
        Assert.Equal(2, sgdr.At(start - 1), 1e-9);
        Assert.Equal(5, sgdr.At(start + (5 * (1L << 37))), 1e-9);
        Assert.Equal(8, sgdr.At(start + (10 * (1L << 37))));
    }
}
