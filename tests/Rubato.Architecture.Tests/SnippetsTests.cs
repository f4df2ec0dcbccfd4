namespace Rubato.Architecture.Tests;

public sealed class SnippetsTests
{
    private static readonly IReadOnlyList<(string Name, string Text)> Compiled =
        [.. Repository.Files("samples").Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(file => Snippets.In(Repository.Read(file)))];

    private static readonly IReadOnlyList<(string Page, string Text)> Quoted =
        [.. DocumentedCommands.Pages.SelectMany(page => DocumentedCommands.Blocks(Repository.Read(page), "csharp").Select(block => (page, block)))];

    /// <summary>C# in a page is compiled, and run by a test: it is a piece of a sample, or the program of a page that <see cref="PackageTests"/> or <see cref="UseItTests"/> follows.</summary>
    [Fact]
    public void CSharp_OfAPage_IsAPieceOfASample()
    {
        var known = Compiled.Select(snippet => snippet.Text)
            .Concat(DocumentedCommands.Blocks(Repository.Read("src/Rubato/README.md"), "csharp"))
            .Concat(DocumentedCommands.Blocks(Repository.Read(UseItTests.Page), "csharp"))
            .ToHashSet(StringComparer.Ordinal);
        Findings.AssertNone(
            from quote in Quoted
            where !known.Contains(quote.Text)
            select $"{quote.Page}: this stands in no sample between '// <snippet NAME>' and '// </snippet>':\n{quote.Text}");
    }

    [Fact]
    public void Snippets_All_AreQuoted() =>
        Findings.AssertNone(
            from snippet in Compiled
            where !Quoted.Select(quote => quote.Text).Contains(snippet.Text, StringComparer.Ordinal)
            select $"no page quotes the snippet '{snippet.Name}' as it is:\n{snippet.Text}");

    /// <summary>A loop needs the everyday namespace, and that of its controller or of its range test.</summary>
    [Fact]
    public void OwnLoops_All_NeedAtMostTwoUsings()
    {
        var files = Repository.Files("samples/OwnLoop").Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        Findings.AssertNone(
            from file in files
            let usings = Repository.Read(file).Split('\n').Count(line => line.StartsWith("using Rubato", StringComparison.Ordinal))
            where usings > 2
            select $"{file} has {usings} usings");
        Assert.DoesNotContain(files, file => Repository.Read(file).Contains("namespace Rubato", StringComparison.Ordinal));
    }

    /// <summary>A plan, an automatic warm-up and a range test are driven by one loop: ask, train, report.</summary>
    [Theory]
    [InlineData("plain", "driver.TryNext(out var values)", "driver.Report(")]
    [InlineData("warm-loop", "driver.TryNext(out var values)", "driver.Report(")]
    [InlineData("range-test", "sweep.TryNext(out var rate)", "sweep.Report(")]
    public void OwnLoops_OfAPlanAWarmupAndARangeTest_AreTheSame(string name, string asks, string reports)
    {
        var lines = Compiled.Single(snippet => snippet.Name == name).Text.Split('\n').Select(line => line.Trim()).ToList();
        var begins = lines.IndexOf($"while ({asks})");

        Assert.True(begins >= 0, $"{name} does not ask '{asks}'");
        Assert.Equal("{", lines[begins + 1]);
        Assert.StartsWith(reports, lines[lines.IndexOf("}", begins) - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void In_Source_OutdentsEachRegion() =>
        Assert.Equal(
            [("one", "a();\n"), ("two", "if (b)\n{\n    c();\n}\n\nd();\n")],
            Snippets.In(
                """
                    // <snippet one>
                    a();
                    // </snippet>
                    e();
                        // <snippet two>

                        if (b)
                        {
                            c();
                        }

                        d();

                        // </snippet>
                """.ReplaceLineEndings("\n") + "\n"));
}
