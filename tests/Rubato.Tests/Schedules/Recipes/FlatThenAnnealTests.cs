using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class FlatThenAnnealTests
{
    [Fact]
    public void At_ThreeQuartersFlat_Table() =>
        Expect.Values(
            new FlatThenAnneal(8, 2, Duration.Share(0.75)).Over(Duration.Epochs(16)), (0, 8), (Expect.Before(12), 8), (12, 8), (14, 5), (16, 2), (17, 2));

    [Fact]
    public void At_LengthsGiven_Table() =>
        Expect.Values(new FlatThenAnneal(8, 2, Duration.Epochs(3), Duration.Epochs(2)), (0, 8), (3, 8), (4, 5), (5, 2), (6, 2));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("from", "from must be a finite number.", () => new FlatThenAnneal(double.NaN, 0, Duration.Epochs(1)));
        Expect.Refusal("to", "to must be a finite number.", () => new FlatThenAnneal(1, double.NaN, Duration.Epochs(1)));
        Expect.Refusal("flat", "flat must be a duration, such as 1ep.", () => new FlatThenAnneal(1, 0, Duration.Rest));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new FlatThenAnneal(1, 0, Duration.Epochs(1)),
            new FlatThenAnneal(2, 0, Duration.Epochs(1)),
            new FlatThenAnneal(1, 0.1, Duration.Epochs(1)),
            new FlatThenAnneal(1, 0, Duration.Epochs(2)),
            new FlatThenAnneal(1, 0, Duration.Epochs(1), Duration.Epochs(1)));
}
