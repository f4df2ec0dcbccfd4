using System.Text.Json.Serialization;
using Rubato.Runs.Records;

namespace Rubato.Runs.Logs;

/// <summary>
/// Writes <c>events.jsonl</c>: one JSON object a line with the keys <c>step, samples, kind, scale, loss, seconds</c>, and
/// <c>learning_rate, batch_size, noise_scale, watched, reason</c> where there are any; each handed to the operating system at once and
/// whole. Numbers are written as in <c>steps.jsonl</c>. The file is made with the first line.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class EventLog : IDisposable
{
    private readonly JsonLineFile _file;

    /// <summary>A log without a line.</summary>
    /// <param name="open">Makes the file; called once, with the first line. The log disposes what it gives.</param>
    public EventLog(Func<Stream> open) => _file = new JsonLineFile(open);

    /// <summary>Adds a line.</summary>
    /// <param name="record">What happened.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(EventRecord record) => _file.Append(record, EventJson.Default.EventRecord);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(EventRecord))]
internal sealed partial class EventJson : JsonSerializerContext;
