using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class InverseTimeTests
{
    [Fact]
    public void At_RateOne_Table() =>
        Expect.Values(new InverseTime(12, 1, Duration.Epochs(2)), (0, 12), (1, 8), (2, 6), (4, 4), (6, 3), (10, 2), (22, 1));

    [Fact]
    public void At_RateZero_Constant() => Expect.Values(new InverseTime(12, 0, Duration.Epochs(2)), (0, 12), (1, 12), (1e12, 12));

    [Fact]
    public void At_WithLength_LastValueStays() =>
        Expect.Values(new InverseTime(12, 0.5, Duration.Epochs(1), Duration.Epochs(4)), (2, 6), (Expect.Before(4), 4), (4, 4), (5, 4), (1e9, 4));

    [Theory]
    [InlineData(double.NaN, 1, 1, "initial", "initial must be a finite number.")]
    [InlineData(1, -1, 1, "rate", "rate must be a finite number of at least 0.")]
    [InlineData(1, double.NaN, 1, "rate", "rate must be a finite number of at least 0.")]
    [InlineData(1, 1, 0, "every", "every must be a duration above 0, such as 1ep.")]
    public void Constructor_OutOfRange_Refused(double initial, double rate, double every, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new InverseTime(initial, rate, Duration.Epochs(every)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new InverseTime(1, 0.5, Duration.Epochs(1)),
            new InverseTime(2, 0.5, Duration.Epochs(1)),
            new InverseTime(1, 0.6, Duration.Epochs(1)),
            new InverseTime(1, 0.5, Duration.Epochs(2)),
            new InverseTime(1, 0.5, Duration.Epochs(1), Duration.Epochs(1)));
}
