using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class WarmupStableDecayTests
{
    [Fact]
    public void At_SquareRoot_Table() =>
        Expect.Values(
            Of(DecayShape.SquareRoot), (0, 0), (1, 4), (2, 8), (6, 8), (Expect.Before(8), 8), (8, 8), (12, 4), (17, 2), (24, 0), (25, 0));

    [Fact]
    public void At_Linear_Table() => Expect.Values(Of(DecayShape.Linear), (1, 4), (5, 8), (8, 8), (12, 6), (16, 4), (24, 0));

    [Fact]
    public void At_Cosine_Table() => Expect.Values(Of(DecayShape.Cosine), (1, 4), (5, 8), (8, 8), (16, 4), (24, 0));

    [Fact]
    public void At_FinalAndStableGiven_Table() =>
        Expect.Values(
            new WarmupStableDecay(8, Duration.Epochs(2), Duration.Epochs(4), DecayShape.Linear, 2, Duration.Epochs(3)), (1, 4), (2, 8), (5, 8), (7, 5), (9, 2), (10, 2));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        var one = Duration.Epochs(1);
        Expect.Refusal("peak", "peak must be a finite number.", () => new WarmupStableDecay(double.NaN, one, one));
        Expect.Refusal("warmup", "warmup must be a duration, such as 1ep.", () => new WarmupStableDecay(1, Duration.Rest, one));
        Expect.Refusal("decay", "decay must be a duration, such as 1ep.", () => new WarmupStableDecay(1, one, Duration.Rest));
        Expect.Refusal("shape", "shape must be SquareRoot, Linear or Cosine.", () => new WarmupStableDecay(1, one, one, (DecayShape)3));
        Expect.Refusal("final", "final must be a finite number.", () => new WarmupStableDecay(1, one, one, final: double.NaN));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs()
    {
        var (one, two) = (Duration.Epochs(1), Duration.Epochs(2));
        Expect.Equality(
            () => new WarmupStableDecay(1, one, one),
            new WarmupStableDecay(2, one, one),
            new WarmupStableDecay(1, two, one),
            new WarmupStableDecay(1, one, two),
            new WarmupStableDecay(1, one, one, DecayShape.Linear),
            new WarmupStableDecay(1, one, one, final: 0.1),
            new WarmupStableDecay(1, one, one, stable: two));
    }

    private static Schedule Of(DecayShape shape) => new WarmupStableDecay(8, Duration.Epochs(2), Duration.Epochs(16), shape).Over(Duration.Epochs(24));
}
