using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

/// <summary>Does what the page on using the packages says, block by block and line by line.</summary>
[Collection(PackagesCollection.Name)]
public sealed partial class UseItTests(Packages packages)
{
    public const string Page = "docs/use-it.md";

    /// <summary>Made by <see cref="Packages"/>, from what was built already.</summary>
    private const string Packing = "rubato/eng/pack";

    private const string ProjectStart = "<Project ";

    private static readonly string Host =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    [Fact]
    public void Page_EveryLine_LeadsToATrainedNetwork()
    {
        var (folder, printed) = (packages.Folder, "");
        foreach (var (language, text) in BlocksOf(Repository.Read(Page)))
        {
            switch (language)
            {
                case "sh":
                    foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != Packing))
                    {
                        (folder, printed) = Do(line, folder);
                    }

                    break;
                case "xml" when text.StartsWith(ProjectStart, StringComparison.Ordinal):
                    break;
                case "xml":
                    File.WriteAllText(Path.Combine(folder, "nuget.config"), text);
                    break;
                case "csharp":
                    Assert.True(File.Exists(Path.Combine(folder, "Program.cs")));
                    File.WriteAllText(Path.Combine(folder, "Program.cs"), text);
                    break;
                default:
                    Assert.Equal("text", language);
                    Assert.Equal(Number().Replace(text, "#"), Number().Replace(printed, "#"));
                    Assert.InRange(double.Parse(Number().Match(printed).Value, CultureInfo.InvariantCulture), 0.95, 1);
                    break;
            }
        }

        Assert.Equal(packages.HasCommand, printed.Contains("test accuracy", StringComparison.Ordinal));
        Assert.True(Directory.Exists(Path.Combine(packages.Folder, "home", "packages", "rubato.torch", packages.Version)));
    }

    /// <summary>The project that references projects trains the same network.</summary>
    [Fact]
    public void Page_ProjectOfAWorkingCopy_LeadsToATrainedNetwork()
    {
        var blocks = BlocksOf(Repository.Read(Page)).ToList();
        var folder = Directory.CreateDirectory(Path.Combine(packages.Folder, "referencing")).FullName;
        var project = blocks.Single(block => block.Language == "xml" && block.Text.StartsWith(ProjectStart, StringComparison.Ordinal)).Text;
        File.WriteAllText(
            Path.Combine(folder, "referencing.csproj"),
            project.Replace("../rubato", Repository.Root, StringComparison.Ordinal).Replace("linux-x64", Host, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), blocks.Single(block => block.Language == "csharp").Text);
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CreateHardLinksForCopyLocalIfPossible"] = "true" };

        // What this test itself runs on is not built again.
        Dotnet.Run(folder, environment, "build", "-c", configuration, "-p:BuildProjectReferences=false");
        var printed = Dotnet.Run(folder, environment, Path.Combine("bin", configuration, "net10.0", "referencing.dll"));

        Assert.Equal(
            Number().Replace(blocks.Single(block => block.Language == "text").Text, "#"), Number().Replace(printed, "#"));
        Assert.InRange(double.Parse(Number().Match(printed).Value, CultureInfo.InvariantCulture), 0.95, 1);
    }

    /// <summary>The versions that the page names are those that this repository is built with.</summary>
    [Fact]
    public void Page_Versions_AreThoseOfTheRepository()
    {
        var (torchSharp, libtorch) = (Of("TorchSharpVersion"), Of("LibtorchVersion"));
        var page = Repository.Read(Page);

        Assert.Contains($" --version {libtorch}\n", page, StringComparison.Ordinal);
        Assert.All(
            (string[])["linux-x64", "win-x64", "osx-arm64"],
            system => Assert.Contains($"`libtorch-cpu-{system}`, version {libtorch} |", page, StringComparison.Ordinal));
        Assert.Contains($"`TorchSharp-cpu`, version {torchSharp} |", page, StringComparison.Ordinal);

        static string Of(string name) => XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants(name).Single().Value;
    }

    private static IEnumerable<(string Language, string Text)> BlocksOf(string page) =>
        from part in page.Split("```").Index()
        where part.Index % 2 == 1
        let end = part.Item.IndexOf('\n', StringComparison.Ordinal)
        select (part.Item[..end], part.Item[(end + 1)..]);

    // The page is written for Linux; its table has the names for other systems.
    private (string Folder, string Printed) Do(string line, string folder)
    {
        var words = DocumentedCommands.Words(line.Replace("linux-x64", Host, StringComparison.Ordinal));
        switch (words[0])
        {
            case "mkdir":
                Directory.CreateDirectory(Path.Combine(folder, words[1]));
                return (folder, "");
            case "cd":
                folder = Path.Combine(folder, words[1]);
                Assert.True(Directory.Exists(folder));
                return (folder, "");
            // The command has libtorch within, and is packed and installed by eng/pack; here it is used if it was.
            case "rubato" or "dotnet" when !packages.HasCommand && (words[0] == "rubato" || words[1] == "tool"):
                return (folder, "");
            case "rubato":
                return (folder, packages.UseCommand(folder, words.Skip(1)));
            default:
                Assert.Equal("dotnet", words[0]);
                return (folder, packages.Use(folder, words.Skip(1)));
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
