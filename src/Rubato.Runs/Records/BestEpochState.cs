using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>
/// What a run remembers of its best epoch, apart from its settings: saved and restored, the run goes on as if it had not stopped.
/// </summary>
/// <param name="Best">The best epoch so far; null before the first whose watched value is a number.</param>
/// <param name="Since">Epochs in a row without a new best; at least 0.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record BestEpochState(BestRecord? Best, int Since)
{
    /// <summary>The memory before the first epoch.</summary>
    public static BestEpochState Initial { get; } = new(null, 0);

    /// <summary>The memory as JSON in one line.</summary>
    /// <returns>Text that <see cref="FromJson"/> reads back to an equal memory.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, BestEpochJson.Default.BestEpochState);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="InvalidInputException">The text is damaged.</exception>
    public static BestEpochState FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, BestEpochJson.Default.BestEpochState) is { Since: >= 0 } state
                && (state.Best is null || Enum.IsDefined(state.Best.Watched))
                ? state
                : throw Damaged(null);
        }
        catch (JsonException exception)
        {
            throw Damaged(exception);
        }
    }

    private static InvalidInputException Damaged(JsonException? exception)
    {
        const string Sentence = "the saved memory of the best epoch cannot be read; it must be what BestEpochState.ToJson wrote.";
        return exception is null ? new InvalidInputException(Sentence) : new InvalidInputException(Sentence, exception);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(NotMeasuredConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BestEpochState))]
internal sealed partial class BestEpochJson : JsonSerializerContext;
