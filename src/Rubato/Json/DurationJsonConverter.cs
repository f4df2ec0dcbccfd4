using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Json;

/// <summary>A duration in JSON is its text, such as <c>"10ep"</c>.</summary>
internal sealed class DurationJsonConverter : JsonConverter<Duration>
{
    /// <inheritdoc/>
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a duration must be text, such as \"10ep\"");
        }

        try
        {
            return Duration.Parse(reader.GetString() ?? "");
        }
        catch (InvalidInputException exception)
        {
            throw new JsonException(exception.Message.TrimEnd('.'), exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
