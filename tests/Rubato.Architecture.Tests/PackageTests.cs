using System.Reflection;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

[Collection(PackagesCollection.Name)]
public sealed class PackageTests(Packages packages)
{
    [Fact]
    public void Readme_ProgramOfRubato_PrintsWhatItsCommentsSay()
    {
        var program = DocumentedCommands.Blocks(packages.Rubato.Readme, "csharp").Single();
        var expected = from line in program.Split('\n')
                       where line.StartsWith("Console.WriteLine(", StringComparison.Ordinal)
                       select line.Split(" // ")[1];

        var folder = Directory.CreateDirectory(Path.Combine(packages.Folder, "plain")).FullName;
        packages.Use(folder, "new", "console");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        packages.Use(folder, "add", "package", "Rubato", "--source", packages.Feed);

        Assert.Equal(
            expected,
            packages.Use(folder, "run").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The program of the page is run by <see cref="UseItTests"/>.</summary>
    [Fact]
    public void Readme_ProgramOfRubatoTorch_IsThatOfThePage() =>
        Assert.Equal(
            DocumentedCommands.Blocks(Repository.Read(UseItTests.Page), "csharp").Single(),
            DocumentedCommands.Blocks(packages.Torch.Readme, "csharp").Single());

    [Fact]
    public void Package_OfRubato_HoldsTheLibraryAndItsDocumentation() =>
        Assert.Equal(
            ["README.md", "Rubato.nuspec", "icon.png", "lib/net10.0/Rubato.dll", "lib/net10.0/Rubato.xml"],
            packages.Rubato.Entries);

    [Fact]
    public void Package_OfRubatoTorch_HoldsRubatoRunsToo() =>
        Assert.Equal(
            [
                "README.md",
                "Rubato.Torch.nuspec",
                "buildTransitive/MakeVersionNeedWeak.cs",
                "buildTransitive/Rubato.Torch.targets",
                "icon.png",
                "lib/net10.0/Rubato.Runs.dll",
                "lib/net10.0/Rubato.Runs.xml",
                "lib/net10.0/Rubato.Torch.dll",
                "lib/net10.0/Rubato.Torch.xml",
            ],
            packages.Torch.Entries);

    [Theory]
    [InlineData("Rubato", "Rubato")]
    [InlineData("Rubato.Torch", "Rubato.Torch")]
    [InlineData("Rubato.Torch", "Rubato.Runs")]
    public void Package_Documentation_HasThePublicTypes(string id, string assembly)
    {
        var documentation = Of(id).Documentation(assembly);
        Findings.AssertNone(
            Assembly.Load(assembly).GetExportedTypes()
                .Select(type => $"\"T:{type.FullName!.Replace('+', '.')}\"")
                .Where(name => !documentation.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Rubato", "Rubato.pdb")]
    [InlineData("Rubato.Torch", "Rubato.Runs.pdb", "Rubato.Torch.pdb")]
    public void Symbols_OfEachPackage_AreThoseOfItsAssemblies(string id, params string[] files) =>
        Assert.Equal(
            [$"{id}.nuspec", .. files.Select(file => $"lib/net10.0/{file}")],
            PackedPackage.Open(Path.Combine(packages.Feed, $"{id}.{packages.Version}.snupkg")).Entries);

    [Theory]
    [InlineData("id", null)]
    [InlineData("license", "MIT")]
    [InlineData("readme", "README.md")]
    [InlineData("icon", "icon.png")]
    public void Metadata_Value_IsStated(string name, string? expected)
    {
        Assert.Equal(expected ?? "Rubato", packages.Rubato.Value(name));
        Assert.Equal(expected ?? "Rubato.Torch", packages.Torch.Value(name));
    }

    [Theory]
    [InlineData("authors")]
    [InlineData("description")]
    [InlineData("tags")]
    public void Metadata_Value_IsNotEmpty(string name) =>
        Assert.All([packages.Rubato, packages.Torch], package => Assert.False(string.IsNullOrWhiteSpace(package.Value(name))));

    /// <summary>A commit is named, if there is one; an address is not, so that a package built from any copy is the same.</summary>
    [Fact]
    public void Metadata_Addresses_AreNone() =>
        Assert.All([packages.Rubato, packages.Torch], package =>
        {
            Assert.Null(package.Value("projectUrl"));
            Assert.DoesNotContain(
                package.Metadata.DescendantsAndSelf().Attributes(),
                attribute => attribute.Name.LocalName == "url");
        });

    [Fact]
    public void Dependencies_OfRubato_AreNone() => Assert.Empty(packages.Rubato.Dependencies);

    /// <summary>Exactly this version of Rubato, whose internals Rubato.Runs uses; no Rubato.Runs, which is inside; no libtorch.</summary>
    [Fact]
    public void Dependencies_OfRubatoTorch_AreRubatoAndWhatBothAssembliesNeed()
    {
        var brought = packages.Torch.Dependencies.Select(dependency => dependency.Id).Order(StringComparer.Ordinal).ToList();
        var needed = Repository.Projects.Single(project => project.Name == "Rubato.Runs").Packages;

        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions", "OxyPlot.Core", "Rubato", "System.Numerics.Tensors", "TorchSharp"], brought);
        Assert.Contains(("Rubato", $"[{packages.Version}]"), packages.Torch.Dependencies);
        Findings.AssertNone(needed.Except(brought, StringComparer.Ordinal));
    }

    private PackedPackage Of(string id) => id == "Rubato" ? packages.Rubato : packages.Torch;
}
