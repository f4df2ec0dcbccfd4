using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

/// <summary>A source file as text: what it declares, and which names it uses.</summary>
internal sealed partial class SourceFile
{
    private readonly HashSet<string> _visible;
    private readonly HashSet<string> _methods;
    private readonly string _code;

    private SourceFile(string path, string text)
    {
        Path = path;
        var code = Text().Replace(text, match => match.Value.StartsWith('$') ? string.Join(' ', Hole().Matches(match.Value)) : " ");
        Namespace = NamespaceLine().Match(code).Groups["name"].Value;
        _visible = [.. Using().Matches(code).Select(match => match.Groups["name"].Value)];
        for (var space = Namespace; space.Length > 0; space = space.Contains('.', StringComparison.Ordinal) ? space[..space.LastIndexOf('.')] : "")
        {
            _visible.Add(space);
        }

        Types = [.. Declaration().Matches(code).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        _methods = [.. Method().Matches(code).Select(match => match.Groups["name"].Value)];
        _code = Using().Replace(NamespaceLine().Replace(code, ""), "");
    }

    /// <summary>Below the project's folder, with forward slashes.</summary>
    public string Path { get; }

    public string Namespace { get; }

    /// <summary>The names of its outermost types.</summary>
    public IReadOnlyList<string> Types { get; }

    public static SourceFile Parse(string path, string text) => new(path, text);

    /// <summary>The types of other files that it names. A name after a dot counts behind its namespace alone.</summary>
    public IEnumerable<(string Type, SourceFile File)> Named(ILookup<string, SourceFile> declared)
    {
        foreach (var use in Name().Matches(_code).Select(match => (Type: match.Groups["name"].Value, Behind: match.Groups["behind"].Value,
            IsCall: match.Groups["call"].Success)).Distinct())
        {
            if (!declared.Contains(use.Type) || (use.IsCall && _methods.Contains(use.Type)))
            {
                continue;
            }

            var seen = declared[use.Type].Where(file => use.Behind.Length > 0
                ? $".{file.Namespace}".EndsWith($".{use.Behind}", StringComparison.Ordinal) : _visible.Contains(file.Namespace)).ToList();
            if (seen.Contains(this))
            {
                continue;
            }

            // The nearest room around the file hides the others.
            var around = seen.Where(file => $"{Namespace}.".StartsWith($"{file.Namespace}.", StringComparison.Ordinal)).ToList();
            var nearest = around.Count > 0 ? around.Max(file => file.Namespace.Length) : 0;
            foreach (var file in around.Count > 0 ? around.Where(file => file.Namespace.Length == nearest) : seen)
            {
                yield return (use.Type, file);
            }
        }
    }

    [GeneratedRegex("""//[^\n]*|\"{3}.*?\"{3}|\$*@?"(\\.|""|[^"\\])*?"|'(\\.|[^'\\])'""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Text();

    [GeneratedRegex("""\{[^{}"]*\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex("^namespace (?<name>[^;{]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?<name>[\w.]+);|^using [^;]*;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"^((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*(class|record struct|record|struct|interface|enum|delegate [^(;=]+?) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();

    // What a file declares as a method, told from a call by the type before the name.
    [GeneratedRegex(
        @"\b(?!(new|is|or|and|not|case|return|in|class|record|struct|await|else|throw|when)\b)\w+[>\]?]* (?<name>[A-Z]\w*)(<[\w, ]+>)?\(",
        RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Method();

    [GeneratedRegex(@"(?<=(?<behind>[\w)\]>?!]+)\s*\.\s*|(?<!\.\s*))(?<![\w@])(?<name>[A-Z]\w*)\b(?=(?<call>\s*\()?)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Name();
}
