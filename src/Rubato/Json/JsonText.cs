using System.Text.Json;
using System.Text.Json.Nodes;
using Rubato.Language;

namespace Rubato.Json;

/// <summary>Reads and writes documents of schedules and plans.</summary>
internal static class JsonText
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    internal const int Version = 1;

    private const int MaxLength = 1 << 20;

    private static readonly JsonDocumentOptions Syntax = new() { MaxDepth = JsonContract.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The JSON of a document.</summary>
    /// <exception cref="InvalidInputException">It is nested too deep.</exception>
    internal static string Write<T>(T document, string subject)
    {
        try
        {
            return JsonSerializer.Serialize(document, JsonContract.Of<T>());
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException(
                new Finding(subject, null, $"it is nested too deep to be written; {JsonContract.MaxDepth} levels of JSON are the most"),
                exception);
        }
    }

    /// <summary>The document of a JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <param name="functions">The functions that may be named.</param>
    /// <param name="namesFunctions">Whether any may be named in it, so that they have to be bound.</param>
    /// <exception cref="InvalidInputException">It is no such document.</exception>
    internal static T Read<T>(string json, string subject, ScheduleFunctions functions, out bool namesFunctions)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        var shape = new JsonShape(subject, functions);
        var root = Parse(json, subject) as JsonObject ?? throw shape.Wrong("$", "expected an object with version 1.");
        try
        {
            CheckVersion(root, shape);
            shape.CheckObject(root, JsonContract.Of<T>(), "$");
        }
        catch (InvalidOperationException exception)
        {
            throw shape.Wrong("$", "it holds text that is no Unicode.", exception);
        }
        catch (JsonException exception)
        {
            throw TooDeep(shape, exception);
        }

        namesFunctions = shape.NamesFunctions;
        try
        {
            return root.Deserialize(JsonContract.Of<T>()) ?? throw shape.Wrong("$", "expected an object with version 1.");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidInputException or JsonException)
        {
            throw FirstWrong(root, shape) ?? shape.Wrong("$", Sentence(exception), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw TooDeep(shape, exception);
        }
    }

    // The limit of the text form is another; text that stands in JSON can add to the depth around it.
    private static InvalidInputException TooDeep(JsonShape shape, Exception cause) =>
        shape.Wrong(
            "$", $"the schedules that stand as text make it nested too deep; {JsonContract.MaxDepth} levels of JSON are the most.", cause);

    private static JsonNode? Parse(string json, string subject)
    {
        if (json.Length > MaxLength)
        {
            throw new InvalidInputException(new Finding(subject, null, $"the text has {json.Length} characters; {MaxLength} are the most"));
        }

        try
        {
            return JsonNode.Parse(json, nodeOptions: null, Syntax);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine + 1}" : null;
            throw new InvalidInputException(
                new Finding(subject, null, $"it cannot be read as JSON: {Sentence(exception)}") { Place = place }, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InvalidInputException(new Finding(subject, null, "it holds text that is no Unicode"), exception);
        }
    }

    private static void CheckVersion(JsonObject root, JsonShape shape)
    {
        if (!root.TryGetPropertyValue("version", out var version))
        {
            throw shape.Wrong("$", $"needs version, which is {Version}.");
        }

        if (version is not JsonValue value || !value.TryGetValue<int>(out var number) || number != Version)
        {
            throw shape.Wrong(
                "$.version", $"expected {Version}, the only version that can be read, but found {version?.ToJsonString() ?? "null"}.");
        }
    }

    // Constructors know no path: the innermost schedule that cannot be made is the one to blame.
    private static InvalidInputException? FirstWrong(JsonNode? node, JsonShape shape)
    {
        IEnumerable<JsonNode?> inside = node switch
        {
            JsonObject group => group.Select(entry => entry.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (var inner in inside)
        {
            if (FirstWrong(inner, shape) is { } found)
            {
                return found;
            }
        }

        if (node is not JsonObject schedule || !schedule.ContainsKey("kind"))
        {
            return null;
        }

        try
        {
            schedule.Deserialize(JsonContract.Of<Schedule>());
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidInputException or JsonException)
        {
            return shape.Wrong(schedule.GetPath(), $"{schedule["kind"]}: {Sentence(exception)}", exception);
        }
    }

    private static string Sentence(Exception exception) => exception switch
    {
        ArgumentException argument => ArgumentSentence.Of(argument, JsonNamingPolicy.SnakeCaseLower.ConvertName),

        // The first sentence: what follows is about the library's settings and repeats the place.
        JsonException json => json.Message.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.') + ".",
        _ => exception.Message,
    };
}
