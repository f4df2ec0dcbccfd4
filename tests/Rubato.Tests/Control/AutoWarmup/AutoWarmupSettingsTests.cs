using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class AutoWarmupSettingsTests
{
    [Fact]
    public void Paper_AsPublished()
    {
        var paper = AutoWarmupSettings.Paper;

        Assert.Equal((1e-5, 1.0, 0.5), (paper.MinLr, paper.MaxLr, paper.MaxWarmupFraction));
        Assert.Equal((3, 5, 0.95), (paper.Patience, paper.Tests, paper.Confidence));
        Assert.Equal(Duration.Epochs(1), paper.TestEvery);
    }

    [Fact]
    public void With_OutOfRange_Refused()
    {
        var settings = AutoWarmupSettings.Default;
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { MinLr = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { MaxLr = double.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { MaxWarmupFraction = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { MaxWarmupFraction = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { Patience = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { Tests = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { Confidence = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { MinLosses = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => settings with { NonFinitePatience = 0 });
    }
}
