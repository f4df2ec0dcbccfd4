using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class PolyakSettingsTests
{
    private static readonly PolyakSettings Usual = new() { FirstRate = 0.1 };

    [Fact]
    public void Constructor_FirstRateAlone_TheUsualValues() => Assert.Equal((0.1, 1.0, 0.9, 2.0), (Usual.FirstRate, Usual.Multiple, Usual.Averaging, Usual.MostRise));

    [Fact]
    public void Settings_OutOfRange_NamedWithTheirRule()
    {
        Assert.StartsWith("FirstRate must be", Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { FirstRate = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { FirstRate = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { Multiple = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { Multiple = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { Averaging = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { Averaging = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { MostRise = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual with { MostRise = double.PositiveInfinity });
    }
}
