using Rubato.Torch.Tests.Verifying;

namespace Rubato.Torch.Tests.Listening;

public sealed class VerificationOutcomeTests
{
    private const double NaN = double.NaN;

    public static TheoryData<(double Function, double Rounding)[], int, bool?, double> Judgements => new()
    {
        { [(1e-9, 1e-12), (1e-8, 1e-9)], 2, true, 1e-8 },
        { [(1e-9, 1e-12), (1.1e-8, 1e-12)], 2, false, 1.1e-8 },
        { [(1e-9, 1e-12), (1, 1.1e-9)], 1, true, 1e-9 },
        { [(1, 1e-12), (1e-9, 1)], 1, false, 1 },
        { [(1e-9, 1.1e-9), (1e-9, 1e-12)], 0, null, NaN },
        { [(NaN, 1e-12), (1e-9, 1e-12)], 2, false, NaN },
        { [(1e-9, 1e-12), (NaN, NaN)], 1, true, 1e-9 },
        { [(1e-9, double.PositiveInfinity)], 0, null, NaN },
        { [(0, 0)], 1, true, 0 },
        { [], 0, null, NaN },
    };

    [Theory]
    [MemberData(nameof(Judgements))]
    public void Holds_Points_AsFarAsRoundingLetsThemBeJudged((double Function, double Rounding)[] points, int judged, bool? holds, double largest)
    {
        var outcome = Verifications.Outcome(points);

        Assert.Equal(judged, outcome.Judged);
        Assert.Equal(holds, outcome.Holds);
        Assert.Equal(largest, outcome.LargestFunctionDifference);
        Assert.Equal(10 * largest, outcome.LargestDirectionDifference);
        Assert.Equal(holds == false, outcome.FirstDifference is not null);
    }

    [Fact]
    public void FirstDifference_SeveralBeyondTheTolerance_TheFirst()
    {
        var outcome = Verifications.Outcome((1e-9, 0), (2e-8, 0), (3e-8, 1e-10));

        Assert.Equal(2, outcome.FirstDifference?.Update);
        Assert.Equal(1e-10, outcome.LargestRounding);
    }

    [Fact]
    public void LargestAccuracyDifferences_OverTheWholeTime_OfEachPair()
    {
        var outcome = Verifications.Outcome((1, 1));

        Assert.Equal(0.25, outcome.LargestAccuracyDifference);
        Assert.Equal(0.125, outcome.LargestRoundedAccuracyDifference);
        Assert.Equal(NaN, (outcome with { Accuracies = [] }).LargestAccuracyDifference);
    }
}
