using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class BatchEfficiencyTests
{
    [Theory]
    [InlineData(100, 100, 2, 2)]
    [InlineData(100, 400, 5, 1.25)]
    [InlineData(400, 100, 1.25, 5)]
    [InlineData(1, 4, 5, 1.25)]
    public void Of_Batch_UpdatesAndSamplesOverTheFewest(double batch, double critical, double updates, double samples)
    {
        var cost = BatchEfficiency.Of(batch, critical);
        Assert.Equal(new BatchEfficiency(updates, samples), cost);
        Assert.Equal(1, (cost.Updates - 1) * (cost.Samples - 1));
        Assert.Equal(critical, batch * (cost.Updates - 1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Of_OutOfRange_IsRefused(double batch, double critical) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchEfficiency.Of(batch, critical));
}
