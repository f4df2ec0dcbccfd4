using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class PolynomialTests
{
    [Fact]
    public void At_PowerTwo_Table() =>
        Expect.Values(
            new Polynomial(16, 0, 2, Duration.Epochs(4)), (0, 16), (1, 9), (2, 4), (3, 1), (Expect.Before(4), 0), (4, 0), (5, 0));

    [Fact]
    public void At_PowerOne_StraightLine() => Expect.Values(new Polynomial(0, 4, 1, Duration.Epochs(4)), (0, 0), (1, 1), (3, 3), (4, 4), (9, 4));

    [Fact]
    public void At_PowerHalf_RootOfTheTimeLeft() => Expect.Values(new Polynomial(5, 1, 0.5, Duration.Epochs(16)), (0, 5), (7, 4), (12, 3), (15, 2), (16, 1));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(new Polynomial(1, 3, 2, Duration.Epochs(0)), (0, 3), (1, 3));

    [Theory]
    [InlineData(double.NaN, 0, 1, "from", "from must be a finite number.")]
    [InlineData(0, double.PositiveInfinity, 1, "to", "to must be a finite number.")]
    [InlineData(0, 1, 0, "power", "power must be a finite number above 0.")]
    [InlineData(0, 1, double.NaN, "power", "power must be a finite number above 0.")]
    public void Constructor_OutOfRange_Refused(double from, double to, double power, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new Polynomial(from, to, power, Duration.Epochs(1)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Polynomial(1, 2, 3, Duration.Epochs(2)),
            new Polynomial(2, 2, 3, Duration.Epochs(2)),
            new Polynomial(1, 1, 3, Duration.Epochs(2)),
            new Polynomial(1, 2, 2, Duration.Epochs(2)),
            new Polynomial(1, 2, 3));
}
