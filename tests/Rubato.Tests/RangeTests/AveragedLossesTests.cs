using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class AveragedLossesTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    [InlineData(0.999)]
    public void Undo_RunningAverage_TheLossesThatWereAveraged(double keep)
    {
        double[] losses = [.. Curves.Record(new Curves.Shape { Noise = 0.2 }).Points.Select(point => point.Loss)];
        var undone = AveragedLosses.Undo(Averaged(losses, keep), keep);
        Assert.All(losses.Zip(undone), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Undo_ByHand_TheFormula()
    {
        // m_1 = 1, avg_1 = 2; m_2 = 0.5 + 2 = 2.5, avg_2 = 2.5 / 0.75.
        Assert.Equal([2, 4], AveragedLosses.Undo([2, 2.5 / 0.75], 0.5), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Undo_AverageThatIsNotFinite_StaysSo(double last)
    {
        var undone = AveragedLosses.Undo([2, 3, last, last], 0.98);
        Assert.Equal([last, last], undone[2..]);
        Assert.All(undone[..2], loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void AreLikely_FewLossesOrNone_No()
    {
        Assert.False(AveragedLosses.AreLikely([]));
        Assert.False(AveragedLosses.AreLikely([1, 2]));
        var averaged = Averaged([.. Curves.Record(new Curves.Shape { Noise = 0.2 }).Points.Select(point => point.Loss)], 0.98);
        Assert.True(AveragedLosses.AreLikely(averaged));
        Assert.False(AveragedLosses.AreLikely(averaged[..49]));
    }

    [Fact]
    public void AreLikely_LossWithoutNoise_No() =>
        Assert.False(AveragedLosses.AreLikely([.. Curves.Record(new Curves.Shape()).Points.Select(point => point.Loss)]));

    [Theory]
    [InlineData(1, 2, 1, 2, 1, 1)]
    [InlineData(1, 2, 3, 4, 5, 0)]
    [InlineData(1, 3, 2, 3, 4, 2.0 / 3)]
    [InlineData(1, 1, 1, 2, 2, 0)]
    public void TurningShare_Numbers_OfThoseWithTwoNeighbours(double a, double b, double c, double d, double e, double share) =>
        Assert.Equal(share, AveragedLosses.TurningShare([a, b, double.NaN, c, d, e]), 1e-12);

    // As fastai writes it: lerp, then divided by what the start lacks.
    private static double[] Averaged(double[] losses, double keep)
    {
        var (sum, factor) = (0.0, 1.0);
        return
        [
            .. losses.Select(loss =>
            {
                sum += (1 - keep) * (loss - sum);
                factor *= keep;
                return sum / (1 - factor);
            }),
        ];
    }
}
