using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Rubato.Language;
using Rubato.Schedules;

namespace Rubato.Json;

/// <summary>
/// Compares JSON with a contract before it is read, so that what is wrong is said with its path and its remedy. Schedules that stand as
/// text, or as a number, become objects.
/// </summary>
/// <param name="subject">What the JSON is, for messages.</param>
/// <param name="functions">The functions that may be named.</param>
internal sealed class JsonShape(string subject, ScheduleFunctions functions)
{
    private const string Kind = "kind";

    private static readonly Dictionary<Type, string[]> Words = new()
    {
        [typeof(Interpolation)] = ["none", "linear"],
        [typeof(Anneal)] = ["cosine", "linear"],
        [typeof(DecayShape)] = ["sqrt", "linear", "cosine"],
        [typeof(Decaying)] = ["both", "amplitude"],
        [typeof(EpochTail)] = ["carry", "cut"],
    };

    /// <summary>Whether a function of the user's was named.</summary>
    internal bool NamesFunctions { get; private set; }

    /// <summary>Checks an object and what is in it.</summary>
    /// <exception cref="InvalidInputException">It differs from the contract.</exception>
    internal void CheckObject(JsonObject node, JsonTypeInfo type, string path)
    {
        var what = type.PolymorphismOptions is null ? "" : $"{ReadKind(node, ref type, path)} ";
        foreach (var name in node.Select(entry => entry.Key).ToArray())
        {
            if (what.Length > 0 && name == Kind)
            {
                continue;
            }

            if (Properties(type).FirstOrDefault(property => property.Name == name) is not { } property)
            {
                string[] known = [.. Properties(type).Select(candidate => candidate.Name)];
                var remedy = $"its properties are {string.Join(", ", known)}.{Suggestion.For(name, known)}";
                throw Wrong(path, $"{what}has no property '{Token.Shorten(name)}'; {remedy}");
            }

            if (CheckProperty(node[name], property, $"{path}.{name}") is { } replaced)
            {
                node[name] = replaced;
            }
        }

        string[] missing = [.. Properties(type).Where(IsRequired).Select(property => property.Name).Where(name => !node.ContainsKey(name))];
        if (missing.Length > 0)
        {
            throw Wrong(path, $"{what}needs {Listing.Of(missing)}.");
        }

        if (type.Type == typeof(Function))
        {
            NamesFunctions = true;
            Try(path, () => functions.Create(node["name"]!.GetValue<string>(), Duration.Rest));
        }
    }

    /// <summary>A sentence with its path.</summary>
    internal InvalidInputException Wrong(string path, string finding, Exception? cause = null) =>
        new(new Finding(subject, null, finding) { Place = path }, cause);

    // What is computed has no parameter.
    private static IEnumerable<JsonPropertyInfo> Properties(JsonTypeInfo type) =>
        type.Properties.Where(property => property.AssociatedParameter is not null);

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static bool IsRequired(JsonPropertyInfo property) => property.AssociatedParameter is { HasDefaultValue: false };

    // What to put in the value's place, or null.
    private JsonNode? CheckProperty(JsonNode? node, JsonPropertyInfo property, string path)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var mayBeNull = property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: null }
            && (type != property.PropertyType || !type.IsValueType);
        return node is null && mayBeNull ? null : Check(node, type, path);
    }

    private JsonNode? Check(JsonNode? node, Type type, string path)
    {
        if (type == typeof(Schedule))
        {
            return CheckSchedule(node, path);
        }

        if (type == typeof(Duration))
        {
            var text = Text(node) ?? throw Mistyped(node, path, "a duration as text, such as \"5ep\"");
            Try(path, () => Duration.Parse(text));
        }
        else if (type == typeof(double))
        {
            _ = FiniteNumber(node, path);
        }
        else if (type == typeof(long) || type == typeof(int))
        {
            var most = type == typeof(long) ? long.MaxValue : int.MaxValue;
            var isCount = node?.GetValueKind() == JsonValueKind.Number
                && node.AsValue().TryGetValue<long>(out var count) && count >= 1 && count <= most;
            _ = isCount ? 0 : throw Mistyped(node, path, "a whole number of at least 1");
        }
        else if (type == typeof(string))
        {
            _ = Text(node) ?? throw Mistyped(node, path, "text");
        }
        else if (Words.TryGetValue(type, out var words))
        {
            var written = Text(node) ?? "";
            _ = words.Contains(written, StringComparer.Ordinal)
                ? 0
                : throw Mistyped(node, path, Listing.Of([.. words.Select(word => $"\"{word}\"")], "or"), Suggestion.For(written, words));
        }
        else
        {
            CheckComposite(node, JsonContract.Of(type), path);
        }

        return null;
    }

    private void CheckComposite(JsonNode? node, JsonTypeInfo type, string path)
    {
        if (type.Kind != JsonTypeInfoKind.Enumerable)
        {
            CheckObject(node as JsonObject ?? throw Mistyped(node, path, "an object"), type, path);
            return;
        }

        var array = node as JsonArray ?? throw Mistyped(node, path, "an array");
        for (var i = 0; i < array.Count; i++)
        {
            if (Check(array[i], type.ElementType!, $"{path}[{i}]") is { } replaced)
            {
                array[i] = replaced;
            }
        }
    }

    private JsonNode? CheckSchedule(JsonNode? node, string path)
    {
        switch (node?.GetValueKind())
        {
            case JsonValueKind.Object:
                CheckObject(node.AsObject(), JsonContract.Of<Schedule>(), path);
                return null;
            case JsonValueKind.String:
                var schedule = Parser.ParseSchedule(node.GetValue<string>(), functions, $"{subject}, {path}:");
                NamesFunctions = true;
                return JsonSerializer.SerializeToNode(schedule, JsonContract.Of<Schedule>());
            case JsonValueKind.Number:
                return JsonSerializer.SerializeToNode(new Constant(FiniteNumber(node, path)), JsonContract.Of<Schedule>());
            default:
                throw Mistyped(node, path, "a schedule: an object with a kind, a number, or text such as \"cosine(0.1 -> 0)\"");
        }
    }

    private string ReadKind(JsonObject node, ref JsonTypeInfo type, string path)
    {
        var kinds = type.PolymorphismOptions!.DerivedTypes;
        string[] known = [.. kinds.Select(kind => (string)kind.TypeDiscriminator!)];
        if (!node.TryGetPropertyValue(Kind, out var named))
        {
            throw Wrong(path, $"a schedule needs a kind, such as \"linear\"; the kinds are {string.Join(", ", known)}.");
        }

        var written = Text(named) ?? throw Mistyped(named, $"{path}.{Kind}", "text, such as \"linear\"");
        if (Array.IndexOf(known, written) is var index && index < 0)
        {
            var near = Suggestion.For(written, known);
            var remedy = near.Length > 0 ? $".{near}" : $"; the kinds are {string.Join(", ", known)}.";
            throw Wrong($"{path}.{Kind}", $"there is no kind '{Token.Shorten(written)}'{remedy}");
        }

        type = JsonContract.Of(kinds[index].DerivedType);
        return written;
    }

    private double FiniteNumber(JsonNode? node, string path) =>
        node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<double>(out var number) && double.IsFinite(number)
            ? number
            : throw Mistyped(node, path, "a finite number");

    private InvalidInputException Mistyped(JsonNode? node, string path, string expected, string near = "") =>
        Wrong(path, $"expected {expected}, but found {Token.Shorten(node?.ToJsonString() ?? "null")}.{near}");

    private void Try(string path, Action action)
    {
        try
        {
            action();
        }
        catch (InvalidInputException exception)
        {
            throw Wrong(path, exception.Message, exception);
        }
    }
}
