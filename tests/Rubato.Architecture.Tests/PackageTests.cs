using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

public sealed class PackageTests(Package package) : IClassFixture<Package>
{
    [Fact]
    public void Readme_Program_PrintsWhatItsCommentsSay()
    {
        var program = DocumentedCommands.Blocks(package.Readme, "csharp").Single();
        var expected = from line in program.Split('\n')
                       where line.StartsWith("Console.WriteLine(", StringComparison.Ordinal)
                       select line.Split(" // ")[1];

        Assert.Equal(expected, package.Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Package_Content_IsTheLibraryItsDocumentationAndTheReadme() =>
        Assert.Equal(
            ["README.md", "Rubato.nuspec", "lib/net10.0/Rubato.dll", "lib/net10.0/Rubato.xml"],
            package.Entries
                .Where(entry => !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml")
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Package_Documentation_HasThePublicTypes() =>
        Findings.AssertNone(
            typeof(Schedule).Assembly.GetExportedTypes()
                .Select(type => $"\"T:{type.FullName!.Replace('+', '.')}\"")
                .Where(name => !package.Documentation.Contains(name, StringComparison.Ordinal)));

    [Theory]
    [InlineData("id", "Rubato")]
    [InlineData("license", "MIT")]
    [InlineData("readme", "README.md")]
    public void Metadata_Value_IsStated(string name, string expected) => Assert.Equal(expected, package.Value(name));

    [Theory]
    [InlineData("version")]
    [InlineData("authors")]
    [InlineData("description")]
    [InlineData("tags")]
    public void Metadata_Value_IsNotEmpty(string name) => Assert.False(string.IsNullOrWhiteSpace(package.Value(name)));

    /// <summary>A commit is named, if there is one; an address is not, so that a package built from any copy is the same.</summary>
    [Fact]
    public void Metadata_Addresses_AreNone()
    {
        Assert.Null(package.Value("projectUrl"));
        Assert.DoesNotContain(package.Metadata.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName == "url");
    }

    [Fact]
    public void Dependencies_OfThePackage_AreNone() =>
        Assert.DoesNotContain(package.Metadata.Descendants(), element => element.Name.LocalName == "dependency");
}
