using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class CosineTests
{
    // (1 + cos(pi t / 6)) / 2 at the angles that everybody knows.
    [Fact]
    public void At_SixSteps_Table() =>
        Expect.Values(
            new Cosine(1, 0, Duration.Epochs(6)),
            (0, 1), (1, 0.9330127018922193), (2, 0.75), (3, 0.5), (4, 0.25), (5, 0.0669872981077807), (Expect.Before(6), 0), (6, 0), (7, 0));

    [Fact]
    public void At_Rising_Table() => Expect.Values(new Cosine(0.5, 2, Duration.Epochs(10)), (0, 0.5), (5, 1.25), (10, 2), (11, 2));

    [Fact]
    public void At_Falling_NeverRises()
    {
        var cosine = new Cosine(0.3, 0.01, Duration.Batches(1000));
        for (var position = 1; position <= 1001; position++)
        {
            Assert.True(cosine.At(position) <= cosine.At(position - 1));
        }
    }

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Expect.Values(new Cosine(1, 3, Duration.Epochs(0)), (0, 3), (1, 3));

    [Theory]
    [InlineData(double.NaN, 0, "from")]
    [InlineData(0, double.PositiveInfinity, "to")]
    public void Constructor_NotFinite_Refused(double from, double to, string name) =>
        Expect.Refusal(name, $"{name} must be a finite number.", () => new Cosine(from, to, Duration.Epochs(1)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Cosine(0, 1, Duration.Epochs(2)),
            new Cosine(1, 1, Duration.Epochs(2)),
            new Cosine(0, 2, Duration.Epochs(2)),
            new Cosine(0, 1, Duration.Epochs(3)),
            new Cosine(0, 1));
}
