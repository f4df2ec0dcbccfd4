using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class SquareRootTests
{
    [Fact]
    public void At_Squares_Table() =>
        Expect.Values(
            new SquareRoot(1, 0, Duration.Epochs(16)), (0, 1), (1, 0.75), (4, 0.5), (9, 0.25), (Expect.Before(16), 0), (16, 0), (17, 0));

    [Fact]
    public void At_Rising_Table() => Expect.Values(new SquareRoot(2, 4, Duration.Epochs(4)), (0, 2), (1, 3), (4, 4), (5, 4));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(new SquareRoot(1, 3, Duration.Epochs(0)), (0, 3), (1, 3));

    [Theory]
    [InlineData(double.NaN, 0, "from")]
    [InlineData(0, double.PositiveInfinity, "to")]
    public void Constructor_NotFinite_Refused(double from, double to, string name) =>
        Expect.Refusal(name, $"{name} must be a finite number.", () => new SquareRoot(from, to, Duration.Epochs(1)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new SquareRoot(1, 2, Duration.Epochs(2)), new SquareRoot(2, 2, Duration.Epochs(2)), new SquareRoot(1, 1, Duration.Epochs(2)), new SquareRoot(1, 2));
}
