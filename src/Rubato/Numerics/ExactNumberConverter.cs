using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Numerics;

/// <summary>
/// Numbers as the shortest text that reads back equal; those that are not finite as <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
internal sealed class ExactNumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw new JsonException("A number was expected."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteStringValue(ExactNumber.Text(value));
        }
        else if (ExactNumber.IsShortestExact(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteRawValue(ExactNumber.Text(value));
        }
    }
}
