using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// Losses as an array of numbers, each read back to the same bits; what is not finite as "NaN", "Infinity" or "-Infinity".
/// </summary>
internal sealed class LossHistoryJsonConverter : JsonConverter<LossHistory>
{
    private static readonly ExactNumberConverter Number = new();

    /// <inheritdoc/>
    public override LossHistory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var losses = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            losses.Add(Number.Read(ref reader, typeof(double), options));
        }

        return LossHistory.Of([.. losses]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LossHistory value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var loss in value.AsSpan())
        {
            Number.Write(writer, loss, options);
        }

        writer.WriteEndArray();
    }
}
