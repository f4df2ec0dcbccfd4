using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

/// <summary>
/// The pieces of the samples that pages quote: what stands between <c>// &lt;snippet NAME&gt;</c> and <c>// &lt;/snippet&gt;</c>.
/// </summary>
internal static partial class Snippets
{
    /// <summary>The text of each, with the indentation and the blank lines around it taken away.</summary>
    public static IEnumerable<(string Name, string Text)> In(string source) =>
        from Match match in Region().Matches(source)
        select (match.Groups["name"].Value, Outdented(match.Groups["text"].Value));

    private static string Outdented(string text)
    {
        var lines = text.Trim('\n').TrimEnd().Split('\n');
        var indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Concat(lines.Select(line => (line.Length > 0 ? line[indentation..] : "") + '\n'));
    }

    [GeneratedRegex(
        @"^ *// <snippet (?<name>[a-z0-9-]+)>\n(?<text>.*?)^ *// </snippet>$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Region();
}
