using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>
/// Writes <c>noise.jsonl</c>: one JSON object a line with the keys <c>step, samples, batch, squared_norm, trace, noise_scale</c>, each
/// handed to the operating system at once and whole. Numbers are the shortest text that reads back equal. The file is made with the first
/// line.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class NoiseLog : IDisposable
{
    private readonly JsonLineFile _file;

    /// <summary>A log without a line.</summary>
    /// <param name="open">Makes the file; called once, with the first line. The log disposes what it gives.</param>
    public NoiseLog(Func<Stream> open) => _file = new JsonLineFile(open);

    /// <summary>Adds a line.</summary>
    /// <param name="record">The measurement; its numbers are finite.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(in NoiseRecord record) => _file.Append(record, NoiseJson.Default.NoiseRecord);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads a log; a last line that a killed process left cut is passed over.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The measurements, in the order of their updates.</returns>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read, or a line is no measurement; a sentence for each of the first lines with its number.
    /// </exception>
    public static ImmutableArray<NoiseRecord> Read(string path) => Parse(JsonLines.Bytes(path), path);

    internal static ImmutableArray<NoiseRecord> Parse(ReadOnlySpan<byte> bytes, string name)
    {
        var records = ImmutableArray.CreateBuilder<NoiseRecord>();
        JsonLines.Read(bytes, name, "a measurement of the noise", NoiseJson.Default.NoiseRecord, record =>
        {
            var finding = Finding(record, records.Count == 0 ? default : records[^1]);
            if (finding is null)
            {
                records.Add(record);
            }

            return finding;
        });
        return records.DrainToImmutable();
    }

    private static string? Finding(in NoiseRecord record, in NoiseRecord before) =>
        record.Step <= before.Step ? $"step is {record.Step}, but must be above {before.Step}, that of the measurement before."
        : record.Batch < 2 ? $"batch is {record.Batch}, but must be at least 2."
        : record.Samples - before.Samples < record.Batch
            ? $"samples is {record.Samples}, but must be at least {before.Samples + record.Batch}: those before and the batch."
        : !double.IsFinite(record.SquaredNorm) ? $"squared_norm is {record.SquaredNorm}, but must be finite."
        : !double.IsFinite(record.Trace) ? $"trace is {record.Trace}, but must be finite."
        : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NoiseRecord))]
internal sealed partial class NoiseJson : JsonSerializerContext;
