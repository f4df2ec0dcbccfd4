using Rubato.Cli.Settings;

namespace Rubato.Cli.Configuration;

/// <summary>What a flag takes back of a file that says the same thing in another setting.</summary>
internal static class Superseding
{
    /// <summary>
    /// The settings of a file without what flags replace: <c>--length</c> the epochs and the reverse; <c>--lr</c> the warm-up, which
    /// belongs to the file's rate.
    /// </summary>
    /// <param name="settings">What the file says.</param>
    /// <param name="flags">The names of the flags that are given.</param>
    /// <returns>The settings that the flags are then set in.</returns>
    internal static TrainSettings Of(TrainSettings settings, IReadOnlyCollection<string> flags) => settings with
    {
        Epochs = flags.Contains("length", StringComparer.Ordinal) ? null : settings.Epochs,
        Length = flags.Contains("epochs", StringComparer.Ordinal) ? null : settings.Length,
    };

    /// <summary>The settings with a rate of a flag in place of the file's: the file's warm-up stays for a peak alone.</summary>
    internal static TrainSettings WithRate(TrainSettings settings, Rate rate) =>
        settings with { LearningRate = rate, Warmup = rate is PeakRate ? settings.Warmup : null };
}
