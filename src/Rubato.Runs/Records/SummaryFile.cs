using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>
/// Reads and writes <c>summary.json</c>: the properties of <see cref="RunSummary"/> in snake case. NaN stands as <c>null</c>, and numbers
/// that are infinite as the strings <c>"Infinity"</c> and <c>"-Infinity"</c>.
/// </summary>
public static class SummaryFile
{
    private static readonly SummaryJson Json = new(new JsonSerializerOptions(SummaryJson.Default.Options)
    {
        // The file is read by people; it is not put into a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes a summary.</summary>
    /// <param name="stream">Receives UTF-8 JSON that ends with a new line.</param>
    /// <param name="summary">What to write.</param>
    public static void Write(Stream stream, RunSummary summary)
    {
        JsonSerializer.Serialize(stream, summary, Json.RunSummary);
        stream.Write("\n"u8);
    }

    /// <summary>Reads a summary.</summary>
    /// <param name="path">The file; properties it has beyond those of <see cref="RunSummary"/> are left out.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read or is not a summary.</exception>
    public static RunSummary Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, Json.RunSummary)
                ?? throw new InvalidInputException(new Finding(path, null, "the file says null", "a run's summary is a JSON object"));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new Finding(path, null, $"not a run's summary: {e.Message}"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Finding(path, null, $"cannot be read: {e.Message}"), e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(NotMeasuredConverter)],
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
