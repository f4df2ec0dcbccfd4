using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>Where and why <see cref="AutoWarmup"/> ended the warm-up.</summary>
/// <param name="Updates">Applied updates before the cooldown.</param>
/// <param name="Samples">Samples seen before the cooldown.</param>
/// <param name="LearningRate">The rate that the cooldown's factors multiply; finite, above 0.</param>
/// <param name="Reason">Why.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupSwitch(long Updates, long Samples, double LearningRate, AutoWarmupReason Reason)
{
    /// <summary>
    /// After how many updates the smoothed loss was smallest, averaged over votes; null where the rate was not taken from there.
    /// </summary>
    public double? Minimum { get; init; }
}

/// <summary>Why a warm-up ended.</summary>
public enum AutoWarmupReason
{
    /// <summary>Enough tests in a row said that the loss has its minimum behind it.</summary>
    [JsonStringEnumMemberName("minimum")]
    Minimum,

    /// <summary>The longest warm-up ended without a verdict.</summary>
    [JsonStringEnumMemberName("end-of-warm-up")]
    EndOfWarmup,

    /// <summary>Losses in a row were not finite.</summary>
    [JsonStringEnumMemberName("non-finite")]
    NonFinite,

    /// <summary>A guard went back to a snapshot, and a test said that the loss has its minimum behind it.</summary>
    [JsonStringEnumMemberName("rolled-back")]
    RolledBack,
}
