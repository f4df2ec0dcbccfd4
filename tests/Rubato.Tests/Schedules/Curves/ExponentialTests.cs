using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ExponentialTests
{
    [Fact]
    public void At_TenToThePower_Table() =>
        Expect.Values(
            new Exponential(1e-4, 1, Duration.Batches(4)),
            (0, 1e-4), (1, 1e-3), (2, 1e-2), (3, 0.1), (Expect.Before(4), 1), (4, 1), (5, 1));

    [Fact]
    public void At_Falling_Table() => Expect.Values(new Exponential(8, 1, Duration.Epochs(3)), (0, 8), (1, 4), (2, 2), (3, 1), (4, 1));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(new Exponential(1, 3, Duration.Epochs(0)), (0, 3), (1, 3));

    [Theory]
    [InlineData(0, 1, "from")]
    [InlineData(double.NaN, 1, "from")]
    [InlineData(1, -1, "to")]
    [InlineData(1, 0, "to")]
    [InlineData(1, double.PositiveInfinity, "to")]
    public void Constructor_NotAboveZero_Refused(double from, double to, string name) =>
        Expect.Refusal(name, $"{name} must be a finite number above 0.", () => new Exponential(from, to, Duration.Epochs(1)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Exponential(1, 2, Duration.Epochs(2)), new Exponential(2, 2, Duration.Epochs(2)), new Exponential(1, 1, Duration.Epochs(2)), new Exponential(1, 2));
}
