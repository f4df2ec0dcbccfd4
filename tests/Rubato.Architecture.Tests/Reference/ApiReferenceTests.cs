using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests.Reference;

public sealed partial class ApiReferenceTests
{
    private const string Folder = "docs/api";

    /// <summary>Written anew by <c>eng/api-reference</c>.</summary>
    [Fact]
    public void Pages_OfThePackages_AreThoseOfTheCode()
    {
        var folder = Path.Combine(Repository.Root, Folder);
        var current = ReferencePages.All();
        if (Environment.GetEnvironmentVariable("RUBATO_APPROVE") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.GetFiles(folder))
            {
                File.Delete(file);
            }

            foreach (var (name, text) in current)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        var kept = Repository.Files(Folder).ToDictionary(file => Path.GetFileName(file), Repository.Read, StringComparer.Ordinal);
        Findings.AssertNone(
            from name in current.Keys.Union(kept.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            where !kept.TryGetValue(name, out var text) || text != current.GetValueOrDefault(name)
            select $"{Folder}/{name} is not what the code says; eng/api-reference writes it anew");
    }

    /// <summary>What is internal is not there, and nothing public is forgotten.</summary>
    [Fact]
    public void Pages_Types_AreThoseThatAPackageExports()
    {
        var exported = ((string[])["Rubato", "Rubato.Runs", "Rubato.Torch"])
            .SelectMany(name => System.Reflection.Assembly.Load(name).GetExportedTypes())
            .Select(type => type.FullName!.Replace('+', '.').Replace('`', '-').ToLowerInvariant())
            .Order(StringComparer.Ordinal);
        var shown = ReferencePages.All().Values
            .SelectMany(page => TypeAnchor().Matches(page).Select(match => match.Groups["id"].Value))
            .Order(StringComparer.Ordinal);

        Assert.Equal(exported, shown);
    }

    [Fact]
    public void Pages_Links_LeadToAnchors()
    {
        var pages = ReferencePages.All();
        var links = from page in pages
                    from link in Link().Matches(page.Value).Select(match => match.Groups)
                    select (page.Key, File: link["file"].Value, Anchor: link["anchor"].Value);
        var found = links.Distinct().ToList();

        Assert.NotEmpty(found);
        Findings.AssertNone(
            from link in found
            where !pages.TryGetValue(link.File, out var text)
                || (link.Anchor.Length > 0 && !text.Contains($"<a id=\"{link.Anchor}\">", StringComparison.Ordinal))
            select $"{link.Key} leads to {link.File}#{link.Anchor}, which is not there");
    }

    /// <summary>A comment, its references, and what it inherits, from sources that are there for long.</summary>
    [Theory]
    [InlineData("Rubato.md", "Returns: The duration.\n\nThrows `ArgumentOutOfRangeException`: ")]
    [InlineData("Rubato.md", "## <a id=\"rubato.duration\"></a>Duration\n\n```cs\npublic readonly record struct Duration\n```\n")]
    [InlineData("Rubato.md", "\n```cs\npublic static Duration Epochs(double epochs);\n```\n\nPasses over the training set.\n\n- `epochs`: Finite")]
    [InlineData("Rubato.Torch.md", "```cs\npublic required Duration Length { get; init; }\n```\n\nThe budget")]
    [InlineData("README.md", "| [Rubato.Torch](Rubato.Torch.md) | Rubato.Torch | ")]
    public void Pages_Text_IsThatOfTheComment(string page, string expected) =>
        Assert.Contains(expected, ReferencePages.All()[page], StringComparison.Ordinal);

    [Theory]
    [InlineData("a * b_c <c>x</c>\n  y", @"a \* b\_c `x` y")]
    [InlineData("<para>one</para><para>two</para>", "one\n\ntwo")]
    [InlineData("it:<list type=\"bullet\"><item><description>a</description></item><item><description>b</description></item></list>", "it:\n\n- a\n- b")]
    [InlineData("<see langword=\"null\"/>, <paramref name=\"rate\"/>, <see cref=\"T:System.Func`1\"/>", "`null`, `rate`, `Func<TResult>`")]
    [InlineData("<see cref=\"T:Rubato.Duration\"/>", "[`Duration`](Rubato.md#rubato.duration)")]
    [InlineData("so:\n<code>\n    if (a)\n        b();\n</code>", "so:\n\n```cs\nif (a)\n    b();\n```")]
    public void Of_Comment_IsMarkdown(string comment, string expected) =>
        Assert.Equal(expected, ReferenceText.Of(XElement.Parse($"<summary>{comment}</summary>", LoadOptions.PreserveWhitespace)));

    [GeneratedRegex("^## <a id=\"(?<id>[^\"]+)\">", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeAnchor();

    [GeneratedRegex(@"\]\((?<file>[A-Za-z.]+\.md)(#(?<anchor>[^)]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
