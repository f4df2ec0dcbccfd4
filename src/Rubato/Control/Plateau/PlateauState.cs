using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What <see cref="ReduceOnPlateau"/> remembers of the losses, saved and restored to the last bit.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PlateauState
{
    /// <summary>The version that is written.</summary>
    internal const int CurrentVersion = 1;

    /// <summary>The version of this record; 1.</summary>
    [JsonRequired]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The factor on the rate of the controller within; in (0, 1].</summary>
    [JsonRequired]
    public double Scale { get; init; } = 1;

    /// <summary>How often the rate was reduced; at least 0.</summary>
    public long Reductions { get; init; }

    /// <summary>The best mean, to which others are compared; null before the first that is a number below infinity.</summary>
    public double? Best { get; init; }

    /// <summary>How many means in a row were no better; at least 0. PyTorch's <c>num_bad_epochs</c>.</summary>
    public int Bad { get; init; }

    /// <summary>How many more means do not count as bad; at least 0. PyTorch's <c>cooldown_counter</c>.</summary>
    public int Cooldown { get; init; }

    /// <summary>How many means there were; at least 0.</summary>
    public long Means { get; init; }

    /// <summary>The last mean; null before the first.</summary>
    public double? LastMean { get; init; }

    /// <summary>The mean of the losses since then, weighted by samples; 0 where there is none.</summary>
    public double Mean { get; init; }

    /// <summary>The samples of these losses; at least 0.</summary>
    public long Samples { get; init; }

    /// <summary>The updates of these losses; at least 0.</summary>
    public long Updates { get; init; }

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidInputException">The text is no such state.</exception>
    public static PlateauState Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize(json, PlateauStateJson.Default.PlateauState)
                ?? throw new InvalidInputException("the saved plateau is null; it must be what PlateauState.ToJson wrote.");
            state.RequireUsable();
            return state;
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"the saved plateau cannot be read at {exception.Path ?? "$"}; it must be what PlateauState.ToJson wrote.", exception);
        }
    }

    /// <summary>The state as JSON in one line; every number is the shortest text that reads back equal.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal state.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, PlateauStateJson.Default.PlateauState);

    private void RequireUsable()
    {
        if (Version != CurrentVersion)
        {
            throw new InvalidInputException($"the saved plateau is of version {Version}, but this library reads version {CurrentVersion}.");
        }

        if (!(Scale is > 0 and <= 1))
        {
            throw new InvalidInputException($"the saved plateau has the scale {Scale}; it must be above 0 and at most 1.");
        }

        if (Reductions < 0 || Bad < 0 || Cooldown < 0 || Means < 0)
        {
            throw new InvalidInputException(
                $"the saved plateau has {Reductions} reductions, {Bad} bad means, a cooldown of {Cooldown} and {Means} means; each must be at least 0.");
        }

        if (Updates < 0 || Samples < Updates)
        {
            throw new InvalidInputException(
                $"the saved plateau has {Updates} updates and {Samples} samples since the last mean; there must be at least one sample for each update.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PlateauState))]
internal sealed partial class PlateauStateJson : JsonSerializerContext;
