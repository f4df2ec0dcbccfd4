using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>The memory of an <see cref="AutoWarmup"/>, saved and restored to the last bit.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupState : ControllerState
{
    /// <summary>The version that is written.</summary>
    internal const int CurrentVersion = 1;

    /// <summary>The version of this record; 1.</summary>
    [JsonRequired]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>
    /// The fingerprint of the plan that was followed, as in <see cref="DriverState.Plan"/>; a controller over another plan refuses the state. Null goes with
    /// any plan, so that a run can be gone on with under a longer one.
    /// </summary>
    public string? Plan { get; init; }

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

    /// <summary>Where the published search for the variances stands; null with <see cref="WarmupEvidence.AllLosses"/> and before the first test.</summary>
    public VarianceSearch? Search { get; init; }

    /// <summary>Where the cooldown began; null during the warm-up.</summary>
    public AutoWarmupSwitch? Switch { get; init; }

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidInputException">The text is no such state.</exception>
    public static AutoWarmupState Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize(json, AutoWarmupStateJson.Default.AutoWarmupState)
                ?? throw new InvalidInputException("the saved state is null; it must be what AutoWarmupState.ToJson wrote.");
            state.RequireUsable();
            return state;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidInputException(
                $"the saved state cannot be read at {(exception as JsonException)?.Path ?? "$"}; it must be what AutoWarmupState.ToJson wrote.", exception);
        }
    }

    /// <summary>The state as JSON in one line.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal state.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, AutoWarmupStateJson.Default.AutoWarmupState);

    private void RequireUsable()
    {
        if (Version != CurrentVersion)
        {
            throw new InvalidInputException($"the saved state is of version {Version}, but this library reads version {CurrentVersion}.");
        }

        if (Tests < 0 || Verdicts < 0 || Verdicts > Tests)
        {
            throw new InvalidInputException($"the saved state has {Verdicts} verdicts of {Tests} tests; there must be at least 0, and no more verdicts than tests.");
        }

        if (Switch is { } at && !(at.Updates >= 1 && at.Samples >= at.Updates && double.IsFinite(at.LearningRate) && at.LearningRate > 0))
        {
            throw new InvalidInputException(
                $"the saved state switched after {at.Updates} updates and {at.Samples} samples to the rate {at.LearningRate}; all must be above 0, with at least "
                + "one sample for each update.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AutoWarmupState))]
internal sealed partial class AutoWarmupStateJson : JsonSerializerContext;
