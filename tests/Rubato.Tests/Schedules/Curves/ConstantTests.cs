using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ConstantTests
{
    [Fact]
    public void At_AnyPosition_TheValue() => Expect.Values(new Constant(-0.25), (0, -0.25), (0.5, -0.25), (1, -0.25), (1e12, -0.25));

    [Fact]
    public void At_BeyondItsLength_TheValue() => Expect.Values(new Constant(3, Duration.Epochs(2)), (0, 3), (2, 3), (100, 3));

    [Fact]
    public void End_WithAndWithoutLength_NeverChanges()
    {
        Assert.Equal(0, new Constant(1).End);
        Assert.Null(new Constant(1).Unit);
        Assert.Equal(2, new Constant(1, Duration.Epochs(2)).End);
        Assert.Equal(TimeUnit.Epochs, new Constant(1, Duration.Epochs(2)).Unit);
        Assert.Equal(double.PositiveInfinity, new Constant(1).HoldsUntil(0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Constructor_NotFinite_Refused(double value) =>
        Expect.Refusal("value", "value must be a finite number.", () => new Constant(value));

    [Fact]
    public void Equals_OtherValueOrLength_Differs() =>
        Expect.Equality(
            () => new Constant(1, Duration.Epochs(2)), new Constant(2, Duration.Epochs(2)), new Constant(1, Duration.Batches(2)), new Constant(1));
}
