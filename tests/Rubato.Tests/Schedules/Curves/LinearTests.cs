using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class LinearTests
{
    [Fact]
    public void At_FourSteps_Table() =>
        Expect.Values(
            new Linear(1, 0, Duration.Epochs(4)),
            (0, 1), (1, 0.75), (2, 0.5), (3, 0.25), (3.5, 0.125), (Expect.Before(4), 0), (4, 0), (5, 0), (1e12, 0));

    [Fact]
    public void At_Rising_Table() => Expect.Values(new Linear(-1, 3, Duration.Samples(8)), (0, -1), (2, 0), (4, 1), (8, 3), (9, 3));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(new Linear(1, 3, Duration.Epochs(0)), (0, 3), (1, 3));

    [Fact]
    public void At_EqualEnds_ExactlyThat() =>
        Assert.All(Enumerable.Range(0, 100), n => Assert.Equal(0.1, new Linear(0.1, 0.1, Duration.Epochs(7)).At(n * 0.1)));

    [Fact]
    public void HoldsUntil_InsideAndBeyond_OnlyBeyond()
    {
        var linear = new Linear(1, 0, Duration.Epochs(4));
        Assert.Equal(3, linear.HoldsUntil(3));
        Assert.Equal(double.PositiveInfinity, linear.HoldsUntil(4));
    }

    [Theory]
    [InlineData(double.NaN, 0, "from")]
    [InlineData(0, double.NegativeInfinity, "to")]
    public void Constructor_NotFinite_Refused(double from, double to, string name) =>
        Expect.Refusal(name, $"{name} must be a finite number.", () => new Linear(from, to, Duration.Epochs(1)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Linear(0, 1, Duration.Epochs(2)),
            new Linear(1, 1, Duration.Epochs(2)),
            new Linear(0, 2, Duration.Epochs(2)),
            new Linear(0, 1, Duration.Epochs(3)),
            new Linear(0, 1, Duration.Batches(2)),
            new Linear(0, 1),
            new Cosine(0, 1, Duration.Epochs(2)));
}
