using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class InverseSquareRootTests
{
    [Fact]
    public void At_Squares_Table() =>
        Expect.Values(new InverseSquareRoot(12, Duration.Batches(10)), (0, 12), (30, 6), (80, 4), (150, 3), (350, 2), (1430, 1));

    [Fact]
    public void At_WithLength_LastValueStays() =>
        Expect.Values(
            new InverseSquareRoot(12, Duration.Batches(10), Duration.Batches(80)), (30, 6), (Expect.Before(80), 4), (80, 4), (81, 4), (1e9, 4));

    [Theory]
    [InlineData(double.NaN, 1, "initial", "initial must be a finite number.")]
    [InlineData(1, 0, "timescale", "timescale must be a duration above 0, such as 1ep.")]
    public void Constructor_OutOfRange_Refused(double initial, double timescale, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new InverseSquareRoot(initial, Duration.Epochs(timescale)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new InverseSquareRoot(1, Duration.Epochs(1)),
            new InverseSquareRoot(2, Duration.Epochs(1)),
            new InverseSquareRoot(1, Duration.Epochs(2)),
            new InverseSquareRoot(1, Duration.Epochs(1), Duration.Epochs(1)));
}
