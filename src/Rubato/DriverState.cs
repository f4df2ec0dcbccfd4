using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato;

/// <summary>The position of a <see cref="PlanDriver"/>: progress only, apart from the plan, which it names by a fingerprint.</summary>
/// <param name="Version">The version of this record; 1.</param>
/// <param name="Updates">Applied updates; at least 0.</param>
/// <param name="Samples">Samples seen by them; at least 0.</param>
/// <param name="Plan">The fingerprint of the plan that was followed.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record DriverState(int Version, long Updates, long Samples, string Plan)
{
    /// <summary>The version that is written.</summary>
    internal const int CurrentVersion = 1;

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidInputException">The text is no such state.</exception>
    public static DriverState Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize(json, DriverStateJson.Default.DriverState)
                ?? throw new InvalidInputException("the saved state is null; it must be what DriverState.ToJson wrote.");
            state.RequireUsable();
            return state;
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException(
                $"the saved state cannot be read at {exception.Path ?? "$"}; it must be what DriverState.ToJson wrote, such as "
                + """{"version":1,"updates":100,"samples":12800,"plan":"0123456789abcdef"}.""",
                exception);
        }
    }

    /// <summary>The state as JSON in one line.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal state.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, DriverStateJson.Default.DriverState);

    internal void RequireUsable()
    {
        if (Version != CurrentVersion)
        {
            throw new InvalidInputException($"the saved state is of version {Version}, but this library reads version {CurrentVersion}.");
        }

        if (Updates < 0 || Samples < Updates)
        {
            throw new InvalidInputException($"the saved state has {Updates} updates and {Samples} samples; there must be at least one sample for each update.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DriverState))]
internal sealed partial class DriverStateJson : JsonSerializerContext;
