using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class ReduceOnPlateauSettingsTests
{
    [Fact]
    public void Default_ThatOfPyTorch()
    {
        var settings = ReduceOnPlateauSettings.Default;
        Assert.Equal((0.1, 10, 1e-4, ThresholdMode.Relative), (settings.Factor, settings.Patience, settings.Threshold, settings.ThresholdMode));
        Assert.Equal((0, 0.0, 1e-8), (settings.Cooldown, settings.MinLr, settings.Eps));
    }

    [Fact]
    public void Settings_OutOfRange_NamedWithTheirRule()
    {
        var usual = ReduceOnPlateauSettings.Default;
        Assert.StartsWith("Factor must be", Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Factor = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Factor = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Patience = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Threshold = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Cooldown = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { MinLr = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => usual with { Eps = double.PositiveInfinity });
    }
}
