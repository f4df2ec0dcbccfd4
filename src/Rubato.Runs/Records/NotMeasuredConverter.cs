using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>
/// A number that may not have been measured: NaN as <c>null</c>, and what is infinite as <c>"Infinity"</c> and <c>"-Infinity"</c>. Reads
/// the string <c>"NaN"</c> too, which summaries had before.
/// </summary>
internal sealed class NotMeasuredConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw new JsonException("A number or null was expected."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsNaN(value))
        {
            writer.WriteNullValue();
        }
        else if (double.IsInfinity(value))
        {
            writer.WriteStringValue(value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
