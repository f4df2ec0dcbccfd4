using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>Reads what <see cref="StepLog"/> writes.</summary>
internal static class StepLogReader
{
    internal static StepLogContent Read(string path) => Parse(JsonLines.Bytes(path), path);

    internal static StepLogContent Parse(ReadOnlySpan<byte> bytes, string name)
    {
        var records = ImmutableArray.CreateBuilder<StepRecord>();
        var isCut = JsonLines.Read(bytes, name, "a record of an update", StepJson.Default.StepRecord, record =>
        {
            records.Add(record);
            return null;
        });
        return new StepLogContent(records.DrainToImmutable(), isCut);
    }
}

/// <summary>A number that may not have been measured: NaN as <c>null</c>.</summary>
internal sealed class NotMeasuredConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw new JsonException("A gradient norm is a number or null."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => throw new NotSupportedException();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StepRecord))]
internal sealed partial class StepJson : JsonSerializerContext;
