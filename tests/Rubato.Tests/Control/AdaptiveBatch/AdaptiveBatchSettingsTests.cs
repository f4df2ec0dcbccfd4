using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class AdaptiveBatchSettingsTests
{
    [Fact]
    public void Defaults_AreTheDocumentedOnes() => Assert.Equal(
        new AdaptiveBatchSettings { MaxBatch = null, Ratio = 2, Rate = BatchRateRule.Constant, Share = 1, Multiple = null, Measurements = 20, Decay = 0.99 },
        AdaptiveBatchSettings.Default);

    [Fact]
    public void Init_OutOfRange_IsRefused()
    {
        var settings = AdaptiveBatchSettings.Default;
        RequireRefused(() => settings with { MaxBatch = 0 });
        RequireRefused(() => settings with { Ratio = 1 });
        RequireRefused(() => settings with { Ratio = double.NaN });
        RequireRefused(() => settings with { Rate = (BatchRateRule)3 });
        RequireRefused(() => settings with { Share = 0 });
        RequireRefused(() => settings with { Multiple = 0 });
        RequireRefused(() => settings with { Measurements = 4 });
        RequireRefused(() => settings with { Decay = 1 });
    }

    private static void RequireRefused(Func<AdaptiveBatchSettings> create) => Assert.Throws<ArgumentOutOfRangeException>(create);
}
