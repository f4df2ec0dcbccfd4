using Rubato.Language;
using Rubato.Training;

namespace Rubato.Cli.Configuration;

/// <summary>What a flag takes back of a file that says the same thing in another setting.</summary>
internal static class Superseding
{
    /// <summary>The settings of a file without what flags replace: <c>--length</c> the epochs and the reverse, a schedule the warm-up.</summary>
    /// <param name="settings">What the file says.</param>
    /// <param name="flags">The flags that are given.</param>
    /// <returns>The settings that the flags are then set in.</returns>
    internal static TrainSettings Of(TrainSettings settings, IReadOnlyCollection<(TrainSetting Setting, string? Text)> flags)
    {
        string? Given(string name) => flags.FirstOrDefault(flag => flag.Setting.Name == name).Text;
        return settings with
        {
            Epochs = Given("length") is null ? settings.Epochs : null,
            Length = Given("epochs") is null ? settings.Length : null,
            Warmup = Given("lr") is { } rate && PlanText.PeakOf(rate) is null ? null : settings.Warmup,
        };
    }
}
