using System.Text.RegularExpressions;

namespace Rubato.Architecture.Tests;

public sealed partial class SourceTextTests
{
    private const int LongestFile = 400;
    private const int LongestLine = 140;

    [Fact]
    public void SourceFiles_All_AreShort()
    {
        var tooLong = from file in Repository.Files("src")
                      where file.EndsWith(".cs", StringComparison.Ordinal)
                      let lines = Repository.Read(file).Count(character => character == '\n')
                      where lines > LongestFile
                      select $"{file} has {lines} lines";
        Findings.AssertNone(tooLong);
    }

    [Fact]
    public void Lines_All_AreShort()
    {
        var tooLong = from file in Repository.Files("src")
                      where file.EndsWith(".cs", StringComparison.Ordinal)
                      from line in Repository.Read(file).Split('\n').Index()
                      where line.Item.Length > LongestLine
                      select $"{file}({line.Index + 1}) has {line.Item.Length} characters";
        Findings.AssertNone(tooLong);
    }

    [Fact]
    public void Namespaces_All_FollowTheFolders()
    {
        var wrong = from file in Repository.Files("src").Concat(Repository.Files("tests"))
                    where file.EndsWith(".cs", StringComparison.Ordinal)
                    let stated = Namespace().Match(Repository.Read(file)).Groups["name"].Value
                    let expected = Expected(file)
                    where stated.Length > 0 && stated != expected
                    select $"{file} is in {stated}, not {expected}";
        Findings.AssertNone(wrong);
    }

    /// <summary>A page leads to files that are there; in docs/adding.md an X stands for a name.</summary>
    [Fact]
    public void Paths_InPages_LeadToFiles()
    {
        var files = Repository.Files().ToHashSet(StringComparer.Ordinal);
        var paths = from page in DocumentedCommands.Pages
                    from path in PathInPage().Matches(Repository.Read(page)).Select(match => match.Groups["path"].Value)
                    select (Page: page, Path: path.TrimEnd('/'));
        var found = paths.ToList();
        Assert.NotEmpty(found);
        Findings.AssertNone(
            from it in found
            where !files.Contains(it.Path) && !files.Any(file => file.StartsWith(it.Path + "/", StringComparison.Ordinal))
            where !(it.Page == "docs/adding.md" && Placeholder().IsMatch(it.Path))
            select $"{it.Page}: there is no {it.Path}");
    }

    // Folders within a room of the package are there for whoever reads it; whoever uses it learns the rooms alone.
    private static bool IsOfPackage(string file) =>
        file.StartsWith("src/Rubato/", StringComparison.Ordinal) || file.StartsWith("tests/Rubato.Tests/", StringComparison.Ordinal);

    // Rooms of the package Rubato.Torch whose types everybody needs: they are at its top.
    private static readonly string[] Everyday =
    [
        "src/Rubato.Torch/Batches/",
        "src/Rubato.Torch/Files/",
        "src/Rubato.Torch/Libtorch/",
        "src/Rubato.Torch/Listening/",
        "src/Rubato.Torch/Metrics/",
        "src/Rubato.Torch/Reporting/",
        "src/Rubato.Torch/Settings/",
    ];

    private static string Expected(string file) =>
        Everyday.Any(room => file.StartsWith(room, StringComparison.Ordinal)) ? "Rubato.Torch"
        : string.Join('.', IsOfPackage(file) ? file.Split('/')[1..^1].Take(2) : file.Split('/')[1..^1]);

    [GeneratedRegex("`(?<path>(?:src|tests|samples|benchmarks|experiments|eng|docs)/[A-Za-z0-9_./-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathInPage();

    [GeneratedRegex("\\bX(Tests)?\\b|/BTests|/B\\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^namespace (?<name>[^;{]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();
}
