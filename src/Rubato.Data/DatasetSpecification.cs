using System.Collections.Immutable;

namespace Rubato.Data;

/// <summary>
/// A data set as it was written, taken apart: <c>KIND</c>, <c>KIND:PATH</c> or <c>KIND(name: value, ...)</c>.
/// </summary>
/// <param name="Text">The whole, without surrounding blanks.</param>
/// <param name="Kind">The word that names the kind.</param>
/// <param name="Path">What follows the colon; null where there is none.</param>
/// <param name="Options">What stands in parentheses, name and value, in their order.</param>
internal sealed record DatasetSpecification(string Text, string Kind, string? Path, ImmutableArray<(string Name, string Value)> Options)
{
    /// <summary>What a specification is, in findings.</summary>
    internal const string Subject = "data";

    internal static DatasetSpecification Parse(string text)
    {
        text = text.Trim();
        var end = text.AsSpan().IndexOfAny(':', '(');
        if (end < 0)
            return new DatasetSpecification(text, text, null, []);
        var kind = text[..end].TrimEnd();
        if (text[end] == ':')
            return new DatasetSpecification(text, kind, text[(end + 1)..].Trim(), []);
        if (text[^1] != ')')
            throw new InvalidInputException(new Finding(
                Subject, text, "which opens a parenthesis that it does not close", $"write it as {kind}(name: value)"));
        var options = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var part in text[(end + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                throw new InvalidInputException(new Finding(
                    Subject, text, $"but the option '{part}' has no value", "write it as name: value"));
            options.Add((part[..colon].TrimEnd(), part[(colon + 1)..].TrimStart()));
        }

        return new DatasetSpecification(text, kind, null, options.ToImmutable());
    }

    /// <summary>The path, where the kind needs one.</summary>
    internal string RequirePath(string usage) =>
        string.IsNullOrEmpty(Path)
            ? throw new InvalidInputException(new Finding(Subject, Text, "which needs a path", $"write it as {usage}"))
            : Path;
}
