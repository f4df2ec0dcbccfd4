using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>Reads what <see cref="StepLog"/> writes.</summary>
internal static class StepLogReader
{
    private const int MostFindings = 20;

    internal static StepLogContent Read(string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be read: {e.Message}", e);
        }

        return Parse(bytes, path);
    }

    internal static StepLogContent Parse(ReadOnlySpan<byte> bytes, string name)
    {
        var records = ImmutableArray.CreateBuilder<StepRecord>();
        var findings = new List<string>();
        var cut = false;
        for (var line = 1; bytes.Length > 0 && findings.Count < MostFindings; line++)
        {
            var end = bytes.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            try
            {
                records.Add(JsonSerializer.Deserialize(text, StepJson.Default.StepRecord));
            }
            catch (JsonException) when (end < 0)
            {
                cut = true;
            }
            catch (JsonException e)
            {
                findings.Add($"{name}, line {line}: not a record of an update: {e.Message}");
            }
        }

        return findings.Count == 0 ? new StepLogContent(records.DrainToImmutable(), cut) : throw new InvalidInputException(findings);
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
