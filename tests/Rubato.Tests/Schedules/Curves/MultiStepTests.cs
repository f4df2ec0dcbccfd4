using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class MultiStepTests
{
    [Fact]
    public void At_ThreeMilestones_Table() =>
        Expect.Values(
            Halving(60, 120, 160),
            (0, 8), (Expect.Before(60), 8), (60, 4), (61, 4), (Expect.Before(120), 4), (120, 2), (Expect.Before(160), 2), (160, 1), (1e12, 1));

    [Fact]
    public void At_MilestoneZero_PassedAtOnce() => Expect.Values(Halving(0, 1), (0, 4), (Expect.Before(1), 4), (1, 2));

    /// <summary>As PyTorch's <c>MultiStepLR</c>.</summary>
    [Fact]
    public void At_MilestoneTwice_FactorTwice()
    {
        Expect.Values(Halving(0, 0, 60, 60, 80), (0, 2), (Expect.Before(60), 2), (60, 0.5), (80, 0.25));
        var many = Halving([.. Enumerable.Range(1, 20).SelectMany(n => new[] { n * 10.0, n * 10.0, n * 10.0 })]);
        Expect.Values(many, (Expect.Before(10), 8), (10, 1), (15, 1), (20, 0.125));
        Assert.Equal(60, many.HoldsUntil(50));
    }

    [Fact]
    public void Resolve_MilestonesAtOneTimeOnceConverted_FactorTwice() =>
        Assert.Equal(2, new MultiStep(8, 0.5, [Duration.Epochs(4), Duration.Share(0.1)]).Over(Duration.Epochs(40)).At(4));

    [Fact]
    public void At_ManyMilestones_SameRule()
    {
        var many = Halving([.. Enumerable.Range(1, 40).Select(n => n * 10.0)]);
        Expect.Values(many, (0, 8), (Expect.Before(10), 8), (10, 4), (15, 4), (20, 2), (Expect.Before(30), 2), (30, 1));
        Assert.Equal(8 * Math.Pow(0.5, 40), many.At(400));
        Assert.Equal(8 * Math.Pow(0.5, 39), many.At(Expect.Before(400)));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(120, double.PositiveInfinity)]
    public void HoldsUntil_AnyPosition_NextMilestone(double position, double until) => Assert.Equal(until, Halving(60, 120).HoldsUntil(position));

    [Fact]
    public void Constructor_NoMilestones_Refused()
    {
        const string Sentence = "milestones must hold at least one duration, such as 30ep.";
        Expect.Refusal("milestones", Sentence, () => new MultiStep(1, 0.1, []));
        Expect.Refusal("milestones", Sentence, () => new MultiStep(1, 0.1, default));
    }

    [Fact]
    public void Constructor_NotAscending_Refused()
    {
        Expect.Refusal("milestones", "milestones must ascend, but 50ep comes after 60ep.", () => Halving(60, 50));
        Expect.Refusal("milestones", "milestones must be a duration, such as 1ep.", () => new MultiStep(1, 1, [Duration.Epochs(1), Duration.Rest]));
    }

    [Theory]
    [InlineData(double.NaN, 1, "initial", "initial must be a finite number.")]
    [InlineData(1, 0, "gamma", "gamma must be a finite number above 0.")]
    public void Constructor_OutOfRange_Refused(double initial, double gamma, string name, string sentence) =>
        Expect.Refusal(name, sentence, () => new MultiStep(initial, gamma, [Duration.Epochs(1)]));

    [Fact]
    public void Resolve_NotAscendingOnceConverted_Finding() =>
        Expect.Finding(
            "0.1dur is not after 5ep once both are 4ep and 5ep; put them in ascending order.",
            () => new MultiStep(1, 0.5, [Duration.Epochs(5), Duration.Share(0.1)]).Over(Duration.Epochs(40)));

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => Halving(1, 2),
            Halving(1),
            Halving(1, 3),
            new MultiStep(8, 0.4, [Duration.Epochs(1), Duration.Epochs(2)]),
            new MultiStep(7, 0.5, [Duration.Epochs(1), Duration.Epochs(2)]));

    private static MultiStep Halving(params double[] epochs) => new(8, 0.5, [.. epochs.Select(Duration.Epochs)]);
}
