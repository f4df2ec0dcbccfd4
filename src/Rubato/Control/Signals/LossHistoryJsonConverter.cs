using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Control.Signals;

/// <summary>Losses as an array of numbers, each read back to the same bits; what is not finite as "NaN", "Infinity" or "-Infinity".</summary>
internal sealed class LossHistoryJsonConverter : JsonConverter<LossHistory>
{
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
            losses.Add(reader.TokenType == JsonTokenType.String ? Named(reader.GetString()) : reader.GetDouble());
        }

        return LossHistory.Of([.. losses]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LossHistory value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var loss in value.AsSpan())
        {
            if (double.IsFinite(loss))
            {
                writer.WriteNumberValue(loss);
            }
            else
            {
                writer.WriteStringValue(double.IsNaN(loss) ? "NaN" : loss > 0 ? "Infinity" : "-Infinity");
            }
        }

        writer.WriteEndArray();
    }

    private static double Named(string? name) => name switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => throw new JsonException(),
    };
}
