using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ClampTests
{
    private static readonly Linear Line = new(0, 10, Duration.Epochs(10));

    [Fact]
    public void At_Line_BetweenTheBounds() =>
        Expect.Values(Line.Clamp(2, 7), (0, 2), (1, 2), (2, 2), (3, 3), (Expect.Before(7), 7), (7, 7), (8, 7), (10, 7), (11, 7));

    [Fact]
    public void At_EqualBounds_ThatValue() => Expect.Values(Line.Clamp(3, 3), (0, 3), (5, 3), (20, 3));

    [Fact]
    public void At_EndlessInside_NeverBelowTheFloor()
    {
        var schedule = new Exp(1, 0.5, Duration.Epochs(1)).Clamp(0.25, 1);
        Expect.Values(schedule, (0, 1), (1, 0.5), (2, 0.25), (3, 0.25), (1e12, 0.25));
        Assert.Equal(double.PositiveInfinity, schedule.End);
    }

    [Theory]
    [InlineData(double.NaN, 1, "minimum", "minimum must be a finite number.")]
    [InlineData(0, double.PositiveInfinity, "maximum", "maximum must be a finite number.")]
    [InlineData(2, 1, "maximum", "maximum must be at least minimum, which is 2.")]
    public void Constructor_BadBounds_Refused(double minimum, double maximum, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new Clamp(Line, minimum, maximum));

    [Fact]
    public void Equals_OtherBounds_Differs() => Expect.Equality(() => Line.Clamp(1, 2), Line.Clamp(1, 3), Line.Clamp(0, 2), Line, Line.Scale(2).Clamp(1, 2));
}
