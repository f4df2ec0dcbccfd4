using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What <see cref="AdaptiveBatch"/> remembers of its batch and of the gradient's noise, saved and restored to the last bit.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record BatchGrowth
{
    /// <summary>The version that is written.</summary>
    internal const int CurrentVersion = 1;

    /// <summary>The version of this record; 1.</summary>
    [JsonRequired]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The batch size in samples; at least 1.</summary>
    public required long Batch { get; init; }

    /// <summary>How often the batch has grown; at least 0.</summary>
    public long Changes { get; init; }

    /// <summary>The noise scale by which it grew last; null before, and where noise had drowned the gradient.</summary>
    public double? LastNoiseScale { get; init; }

    /// <summary>The measurements since then.</summary>
    public NoiseAverage Noise { get; init; }

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidInputException">The text is no such state.</exception>
    public static BatchGrowth Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize(json, BatchGrowthJson.Default.BatchGrowth)
                ?? throw new InvalidInputException("the saved batch is null; it must be what BatchGrowth.ToJson wrote.");
            state.RequireUsable();
            return state;
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException($"the saved batch cannot be read at {exception.Path ?? "$"}; it must be what BatchGrowth.ToJson wrote.", exception);
        }
    }

    /// <summary>The state as JSON in one line; every number is the shortest text that reads back equal.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal state.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, BatchGrowthJson.Default.BatchGrowth);

    private void RequireUsable()
    {
        if (Version != CurrentVersion)
        {
            throw new InvalidInputException($"the saved batch is of version {Version}, but this library reads version {CurrentVersion}.");
        }

        if (Batch < 1 || Changes < 0)
        {
            throw new InvalidInputException($"the saved batch has {Batch} samples after {Changes} changes; there must be at least 1 sample, and at least 0 changes.");
        }

        if (Noise.Finding() is { } finding)
        {
            throw new InvalidInputException($"the saved batch has {finding}.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BatchGrowth))]
internal sealed partial class BatchGrowthJson : JsonSerializerContext;
