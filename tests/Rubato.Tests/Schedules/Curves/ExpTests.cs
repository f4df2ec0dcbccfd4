using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ExpTests
{
    [Fact]
    public void At_Halving_Table() =>
        Expect.Values(new Exp(8, 0.5, Duration.Epochs(2)), (0, 8), (1, 8 * Math.Sqrt(0.5)), (2, 4), (4, 2), (6, 1), (20, 8.0 / 1024));

    [Fact]
    public void At_WithLength_LastValueStays() =>
        Expect.Values(new Exp(8, 0.5, Duration.Epochs(2), Duration.Epochs(4)), (2, 4), (Expect.Before(4), 2), (4, 2), (5, 2), (1e9, 2));

    [Fact]
    public void At_LengthZero_FirstValueStays() => Expect.Values(new Exp(8, 0.5, Duration.Epochs(2), Duration.Epochs(0)), (0, 8), (3, 8));

    [Fact]
    public void At_GrowthWithoutEnd_Infinite() => Assert.Equal(double.PositiveInfinity, new Exp(1, 2, Duration.Batches(1)).At(2000));

    [Fact]
    public void End_WithAndWithoutLength_InfinityOrLength()
    {
        Assert.Equal(double.PositiveInfinity, new Exp(1, 0.5, Duration.Epochs(1)).End);
        Assert.Equal(4, new Exp(1, 0.5, Duration.Epochs(1), Duration.Epochs(4)).End);
        Assert.Equal(double.PositiveInfinity, new Exp(1, 1, Duration.Epochs(1)).HoldsUntil(3));
        Assert.Equal(3, new Exp(1, 0.5, Duration.Epochs(1)).HoldsUntil(3));
    }

    [Theory]
    [InlineData(double.NaN, 1, 1, "initial", "initial must be a finite number.")]
    [InlineData(1, 0, 1, "gamma", "gamma must be a finite number above 0.")]
    [InlineData(1, double.PositiveInfinity, 1, "gamma", "gamma must be a finite number above 0.")]
    [InlineData(1, 1, 0, "every", "every must be a duration above 0, such as 1ep.")]
    public void Constructor_OutOfRange_Refused(double initial, double gamma, double every, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new Exp(initial, gamma, Duration.Epochs(every)));

    [Fact]
    public void Constructor_EveryTheRest_Refused() =>
        Expect.Refusal("every", "every must be a duration above 0, such as 1ep.", () => new Exp(1, 1, Duration.Rest));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Exp(1, 0.5, Duration.Epochs(1)),
            new Exp(2, 0.5, Duration.Epochs(1)),
            new Exp(1, 0.6, Duration.Epochs(1)),
            new Exp(1, 0.5, Duration.Epochs(2)),
            new Exp(1, 0.5, Duration.Epochs(1), Duration.Epochs(1)),
            new Step(1, 0.5, Duration.Epochs(1)));
}
