using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class StepTests
{
    [Fact]
    public void At_Halving_Table() =>
        Expect.Values(
            new Step(8, 0.5, Duration.Epochs(30)),
            (0, 8), (29, 8), (Expect.Before(30), 8), (30, 4), (31, 4), (Expect.Before(60), 4), (60, 2), (300, 8.0 / 1024));

    [Fact]
    public void At_WithLength_LastValueStays() =>
        Expect.Values(new Step(8, 0.5, Duration.Epochs(2), Duration.Epochs(5)), (3, 4), (Expect.Before(4), 4), (4, 2), (5, 2), (6, 2), (1e9, 2));

    [Fact]
    public void At_LengthZero_FirstValueStays() => Expect.Values(new Step(8, 0.5, Duration.Epochs(2), Duration.Epochs(0)), (0, 8), (3, 8));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1.5, 2)]
    [InlineData(2, 4)]
    [InlineData(4, double.PositiveInfinity)]
    [InlineData(9, double.PositiveInfinity)]
    public void HoldsUntil_LengthFive_NextStepThenForEver(double position, double until) =>
        Assert.Equal(until, new Step(8, 0.5, Duration.Epochs(2), Duration.Epochs(5)).HoldsUntil(position));

    [Theory]
    [InlineData(double.NaN, 1, 1, "initial", "initial must be a finite number.")]
    [InlineData(1, -1, 1, "gamma", "gamma must be a finite number above 0.")]
    [InlineData(1, 1, 0, "every", "every must be a duration above 0, such as 1ep.")]
    public void Constructor_OutOfRange_Refused(double initial, double gamma, double every, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new Step(initial, gamma, Duration.Epochs(every)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Step(1, 0.5, Duration.Epochs(1)),
            new Step(2, 0.5, Duration.Epochs(1)),
            new Step(1, 0.6, Duration.Epochs(1)),
            new Step(1, 0.5, Duration.Epochs(2)),
            new Step(1, 0.5, Duration.Epochs(1), Duration.Epochs(1)));
}
