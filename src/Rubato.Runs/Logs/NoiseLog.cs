using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>
/// Writes <c>noise.jsonl</c>: one JSON object a line with the keys <c>step, samples, batch, squared_norm, trace, noise_scale</c>, each handed to the operating
/// system at once and whole. Numbers are the shortest text that reads back equal. The file is made with the first line.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class NoiseLog : IDisposable
{
    private readonly Func<Stream> _open;
    private Stream? _file;

    /// <summary>A log without a line.</summary>
    /// <param name="open">Makes the file; called once, with the first line. The log disposes what it gives.</param>
    public NoiseLog(Func<Stream> open) => _open = open;

    /// <summary>Adds a line.</summary>
    /// <param name="record">The measurement; its numbers are finite.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(in NoiseRecord record)
    {
        _file ??= _open();
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, NoiseJson.Default.NoiseRecord), (byte)'\n']);
        _file.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    /// <summary>Reads a log; a last line that a killed process left cut is passed over.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The measurements, in the order of their updates.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read, or a line is no measurement; a sentence for each of the first lines with its number.</exception>
    public static ImmutableArray<NoiseRecord> Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Parse(bytes, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    internal static ImmutableArray<NoiseRecord> Parse(ReadOnlySpan<byte> bytes, string name)
    {
        const int MostFindings = 20;
        var records = ImmutableArray.CreateBuilder<NoiseRecord>();
        var findings = new List<string>();
        for (var line = 1; bytes.Length > 0 && findings.Count < MostFindings; line++)
        {
            var end = bytes.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            try
            {
                var record = JsonSerializer.Deserialize(text, NoiseJson.Default.NoiseRecord);
                if (Finding(record, records.Count == 0 ? default : records[^1]) is { } finding)
                {
                    findings.Add($"{name}, line {line}: {finding}");
                }
                else
                {
                    records.Add(record);
                }
            }
            catch (JsonException exception)
            {
                if (end >= 0)
                {
                    findings.Add($"{name}, line {line}: not a measurement of the noise: {exception.Message}");
                }
            }
        }

        return findings.Count == 0 ? records.DrainToImmutable() : throw new InvalidInputException(findings);
    }

    private static string? Finding(in NoiseRecord record, in NoiseRecord before) =>
        record.Step <= before.Step ? $"step is {record.Step}, but must be above {before.Step}, that of the measurement before."
        : record.Batch < 2 ? $"batch is {record.Batch}, but must be at least 2."
        : record.Samples - before.Samples < record.Batch ? $"samples is {record.Samples}, but must be at least {before.Samples + record.Batch}: those before and the batch."
        : !double.IsFinite(record.SquaredNorm) ? $"squared_norm is {record.SquaredNorm}, but must be finite."
        : !double.IsFinite(record.Trace) ? $"trace is {record.Trace}, but must be finite."
        : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NoiseRecord))]
internal sealed partial class NoiseJson : JsonSerializerContext;
