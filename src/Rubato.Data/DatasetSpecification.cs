using Rubato.Language;

namespace Rubato.Data;

/// <summary>
/// A data set as it was written, taken apart: <c>KIND</c>, <c>KIND:PATH</c> or <c>KIND(name value, ...)</c>.
/// </summary>
/// <param name="Text">The whole, without surrounding blanks.</param>
/// <param name="Kind">The word that names the kind.</param>
/// <param name="Path">What follows the colon; null where there is none.</param>
/// <param name="Options">What stands in parentheses; null where there are none.</param>
internal sealed record DatasetSpecification(string Text, string Kind, string? Path, CallExpression? Options)
{
    /// <summary>What a specification is, in findings.</summary>
    internal const string Subject = "data";

    internal static DatasetSpecification Parse(string text)
    {
        text = text.Trim();
        var end = text.AsSpan().IndexOfAny(':', '(');
        if (end < 0)
        {
            return new DatasetSpecification(text, text, null, null);
        }

        if (text[end] == ':')
        {
            return new DatasetSpecification(text, text[..end].TrimEnd(), text[(end + 1)..].Trim(), null);
        }

        var options = CallExpression.Parse(text, Subject);
        return new DatasetSpecification(options.ToString(), options.Name, null, options);
    }

    /// <summary>The path, where the kind needs one.</summary>
    internal string RequirePath(string usage) =>
        string.IsNullOrEmpty(Path)
            ? throw new InvalidInputException(new Finding(Subject, Text, "which needs a path", $"write it as {usage}"))
            : Path;
}
