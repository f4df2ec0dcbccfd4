using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rubato.Runs.Logs;

/// <summary>Files of one JSON object a line.</summary>
internal static class JsonLines
{
    private const int MostFindings = 20;

    /// <summary>All bytes of a file, which may still be written to.</summary>
    /// <exception cref="InvalidInputException">It cannot be read.</exception>
    internal static byte[] Bytes(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Finding(path, null, $"cannot be read: {exception.Message}"), exception);
        }
    }

    /// <summary>Reads each line; a last one that a killed process left cut is passed over.</summary>
    /// <param name="bytes">The lines.</param>
    /// <param name="name">What they are called in messages.</param>
    /// <param name="kind">What a line must be, for messages, such as <c>a record of an update</c>.</param>
    /// <param name="type">What a line is read as.</param>
    /// <param name="take">Is given each; says what is wrong with it, or null.</param>
    /// <returns>Whether the last line was cut.</returns>
    /// <exception cref="InvalidInputException">
    /// Lines are wrong; a sentence for each of the first with its number, and one for all that are no such line.
    /// </exception>
    internal static bool Read<T>(ReadOnlySpan<byte> bytes, string name, string kind, JsonTypeInfo<T> type, Func<T, string?> take)
        where T : struct
    {
        var findings = new List<Finding>();
        var (others, isCut) = (new List<(int Line, string Reason)>(), false);
        for (var line = 1; bytes.Length > 0 && findings.Count < MostFindings; line++)
        {
            var end = bytes.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            try
            {
                if (take(JsonSerializer.Deserialize(text, type)) is { } finding)
                {
                    findings.Add(new Finding(name, null, finding) { Place = $"line {line}" });
                }
            }
            catch (JsonException) when (end < 0)
            {
                isCut = true;
            }
            catch (JsonException exception)
            {
                others.Add((line, exception.Message));
            }
        }

        // A file of another kind breaks the rule in nearly every line.
        if (others is [var (first, reason), ..])
        {
            var more = others.Count switch { 1 => "", 2 => ", nor is 1 more line", var count => $", nor are {count - 1} more lines" };
            findings.Add(new Finding(name, null, $"not {kind}{more}: {reason}") { Place = $"line {first}" });
        }

        return findings.Count == 0 ? isCut : throw new InvalidInputException(findings);
    }
}
