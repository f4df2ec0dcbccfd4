using FsCheck;
using FsCheck.Fluent;
using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RangeRulesTests
{
    [Fact]
    public void Lowest_FallAndRise_IsTheRateOfTheLowest() => Assert.Equal(8, RangeRules.Lowest(Curves.Smoothed(9, 9, 5, 1, 2)));

    [Fact]
    public void Minimum_FallAndRise_IsATenthOfIt() => Assert.Equal(0.8, RangeRules.Minimum(Curves.Smoothed(9, 9, 5, 1, 2)));

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, 8.0)]
    public void Lowest_AtTheLastRate_OnlyWhereTheCurveWasCutAtItsRise(bool hasRisen, double? expected)
    {
        Assert.Equal(expected, RangeRules.Lowest(Curves.Smoothed(hasRisen, 9, 8, 5, 1)));
        Assert.Equal(expected / 10, RangeRules.Minimum(Curves.Smoothed(hasRisen, 9, 8, 5, 1)));
    }

    [Theory]
    [InlineData(new double[] { 10, 10, 10, 5, 0, 0, 5 }, 8)]
    [InlineData(new double[] { 10, 9, 8, 5, 2, 1, 0 }, 8)]
    [InlineData(new double[] { 3, 10, 7, 1, 4 }, 4)]
    public void Valley_SymmetricFall_IsItsMiddle(double[] losses, double expected) =>
        Assert.Equal(expected, RangeRules.Valley(Curves.Smoothed(losses)) ?? double.NaN, 1e-9);

    [Fact]
    public void Steep_LargestStep_IsItsMiddle() =>
        Assert.Equal(Math.Sqrt(4 * 8), RangeRules.Steep(Curves.Smoothed(9, 8, 7, 3, 2, 5)) ?? double.NaN, 1e-9);

    [Fact]
    public void Slide_FloorBetweenStraightSides_IsAWindowBeforeTheFloor()
    {
        // A straight fall of 12, a floor of 4: at the lowest rate of the floor the window of two points reaches into the fall, where slopes differ.
        var losses = Enumerable.Range(0, 12).Select(i => 12.0 - i).Concat([0, 0, 0, 0]).ToArray();
        Assert.Equal(Math.Pow(2, 9), RangeRules.Slide(Curves.Smoothed(losses)));
    }

    [Theory]
    [InlineData(new double[] { 5, 5, 5, 5 })]
    [InlineData(new double[] { 1, 2, 3, 4 })]
    [InlineData(new double[] { 5 })]
    [InlineData(new double[] { 5, 4.99, 4.98, 5 })]
    public void AnyRule_NoFall_HasNoAnswer(double[] losses)
    {
        var curve = Curves.Smoothed(losses);
        Assert.All([RangeRules.Lowest(curve), RangeRules.Minimum(curve), RangeRules.Valley(curve), RangeRules.Steep(curve), RangeRules.Slide(curve)], Assert.Null);
    }

    [Fact]
    public void AnyRule_FallWithinTheNoise_HasNoAnswer()
    {
        var curve = Curves.Smoothed(5, 4, 3, 4);
        Assert.NotNull(RangeRules.Lowest(curve with { Noise = 0.28 }));
        Assert.Null(RangeRules.Lowest(curve with { Noise = 0.29 }));
    }

    [Fact]
    public void Accuracy_RiseAndFall_FromWhereItStartsToTheMiddleOfItsHeight() =>
        Assert.Equal(
            new RateRange(4, 128),
            RangeRules.Accuracy(Curves.OfAccuracies(0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 0.89, 0.9, 0.89, 0.2)));

    [Fact]
    public void Accuracy_SingleOutliers_DoNotCount() =>
        Assert.Equal(
            new RateRange(8, 256),
            RangeRules.Accuracy(Curves.OfAccuracies(0.1, 0.9, 0.1, 0.1, 0.3, 0.5, 0.7, 0.89, 0.9, 0.89, 0.2)));

    [Theory]
    [InlineData(new[] { 0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9 })]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.12, 0.12, 0.14, 0.14, 0.14 })]
    public void Accuracy_FewOrFlat_HasNoAnswer(double[] accuracies) => Assert.Null(RangeRules.Accuracy(Curves.OfAccuracies(accuracies)));

    [Fact]
    public void Accuracy_NotMeasured_HasNoAnswer() => Assert.Null(RangeRules.Accuracy(Curves.Of(9, 8, 7, 6, 5, 4, 3, 2, 1)));

    [Fact]
    public void LossRules_AnyCurve_AgreeWithSlowTwins() => Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(values =>
    {
        double[] losses = [.. values.Select(value => 10.0 + value), 400];
        var curve = Curves.Smoothed(losses);
        var bottom = Array.IndexOf(losses, losses.Min());
        if (bottom == 0)
        {
            return RangeRules.Lowest(curve) is null && RangeRules.Steep(curve) is null && RangeRules.Valley(curve) is null;
        }

        var before = losses.Take(bottom).ToArray();
        var (high, low) = (before.Max(), losses[bottom]);
        var top = Array.IndexOf(before, high);
        if (high - low <= 0.005 * losses[0])
        {
            return RangeRules.Lowest(curve) is null;
        }

        var steepest = Enumerable.Range(top, bottom - top).MinBy(i => losses[i + 1] - losses[i]);
        var begin = Enumerable.Range(top, bottom - top + 1).Last(i => losses[i] >= high - (0.2 * (high - low)));
        var end = Enumerable.Range(begin + 1, bottom - begin).First(i => Enumerable.Range(i, bottom - i + 1).All(j => losses[j] <= low + (0.2 * (high - low))));
        return RangeRules.Lowest(curve) == Math.Pow(2, bottom)
            && Near(RangeRules.Steep(curve), Math.Pow(2, steepest + 0.5))
            && Near(RangeRules.Valley(curve), Math.Pow(2, (begin + end) / 2.0));
    }));

    private static bool Near(double? found, double expected) => found is { } rate && Math.Abs((rate / expected) - 1) < 1e-9;
}
