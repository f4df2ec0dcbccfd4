using System.Collections.Immutable;
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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StepRecord))]
internal sealed partial class StepJson : JsonSerializerContext;
