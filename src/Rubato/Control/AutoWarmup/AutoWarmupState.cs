using System.Globalization;
using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>The memory of an <see cref="AutoWarmup"/>, saved and restored to the last bit.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupState : ControllerState, ISavedValue
{
    /// <summary>The losses of the warm-up so far; empty after it, when nothing needs them.</summary>
    [JsonRequired]
    public LossHistory Losses { get; init; } = LossHistory.Empty;

    /// <summary>Tests made; at least 0.</summary>
    public long Tests { get; init; }

    /// <summary>How many of the last tests in a row said that the minimum is past; at least 0.</summary>
    public int Verdicts { get; init; }

    /// <summary>The probability of the last test that the minimum is past; null before the first.</summary>
    public double? Probability { get; init; }

    /// <summary>The signal variance of the last test; null before the first.</summary>
    public double? SignalVariance { get; init; }

    /// <summary>The noise variance of the last test; null before the first.</summary>
    public double? NoiseVariance { get; init; }

    /// <summary>
    /// Where the published search for the variances stands; null with <see cref="WarmupEvidence.AllLosses"/> and before the first test.
    /// </summary>
    public VarianceSearch? Search { get; init; }

    /// <summary>Where the cooldown began; null during the warm-up.</summary>
    public AutoWarmupSwitch? Switch { get; init; }

    string? ISavedValue.Finding() =>
        Tests < 0 || Verdicts < 0 || Verdicts > Tests
            ? $"warm-up has {Verdicts} verdicts of {Tests} tests; there must be at least 0, and no more verdicts than tests"
        : Switch is { } at
            && !(at.Updates >= 1
                && at.Samples >= at.Updates
                && double.IsFinite(at.LearningRate)
                && at.LearningRate > 0
                && Enum.IsDefined(at.Reason))
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"warm-up ended after {at.Updates} updates and {at.Samples} samples at the rate {at.LearningRate}; "
                + $"all must be above 0, with at least one sample for each update")
        : null;
}
