using System.Text.Json;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

/// <summary>Both packages, packed from what was built, in a folder outside the repository. Nothing is fetched.</summary>
/// <remarks>
/// The variable <c>RUBATO_PACKAGES</c> names a folder of packages that are there already, as <c>eng/release</c> has them; then these are tested.
/// Who uses them there has a home of its own, so that neither settings nor packages of the user's take part. What the packages need comes
/// from the folders that this repository was restored to.
/// </remarks>
public sealed class Packages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rubato-packages-");

    public Packages()
    {
        if (Environment.GetEnvironmentVariable("RUBATO_PACKAGES") is { Length: > 0 } folder)
        {
            Copy(folder);
        }
        else
        {
            Pack();
        }

        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, "Rubato.Torch.*.nupkg").Single())["Rubato.Torch.".Length..];
        Rubato = PackedPackage.Open(Path.Combine(Feed, $"Rubato.{Version}.nupkg"));
        Torch = PackedPackage.Open(Path.Combine(Feed, $"Rubato.Torch.{Version}.nupkg"));
        WriteSettings();
    }

    /// <summary>The folder in which a working copy would be named <c>rubato</c>, as on the page docs/use-it.md.</summary>
    public string Folder => _folder.FullName;

    public string Feed => Path.Combine(Folder, "rubato", "artifacts", "packages");

    public string Version { get; }

    public PackedPackage Rubato { get; }

    public PackedPackage Torch { get; }

    /// <summary>Whether the command is among them, as a tool.</summary>
    public bool HasCommand => File.Exists(Path.Combine(Feed, $"Rubato.Cli.{Version}.nupkg"));

    private string Home => Path.Combine(Folder, "home");

    /// <summary>Runs the command as somebody who has just installed it, and for whom a warning is an error.</summary>
    public string Use(string folder, params IEnumerable<string> arguments) =>
        Dotnet.Run(
            folder,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HOME"] = Home,
                ["APPDATA"] = Home,
                ["DOTNET_CLI_HOME"] = Home,
                ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
                ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
                ["NUGET_PACKAGES"] = Path.Combine(Home, "packages"),
                ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(Home, "http-cache"),
                ["TreatWarningsAsErrors"] = "true",
                // Half a gigabyte of libtorch.
                ["CreateHardLinksForCopyLocalIfPossible"] = "true",
            },
            arguments);

    /// <summary>Runs the command that <see cref="Use"/> installed as a global tool.</summary>
    public string UseCommand(string folder, params IEnumerable<string> arguments) =>
        Use(folder, arguments.Prepend(Directory.GetFiles(Path.Combine(Home, ".dotnet", "tools"), "Rubato.Cli.dll", SearchOption.AllDirectories).Single()));

    public void Dispose() => _folder.Delete(recursive: true);

    private void Pack()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        foreach (var project in (string[])["Rubato", "Rubato.Torch"])
        {
            Dotnet.Run(
                Repository.Root,
                new Dictionary<string, string>(StringComparer.Ordinal),
                "pack", $"src/{project}", "--no-build", "-c", configuration, "-o", Feed);
        }
    }

    private void Copy(string given)
    {
        var version = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("Version").Single().Value;
        Directory.CreateDirectory(Feed);
        foreach (var file in Directory.GetFiles(given, $"*.{version}.*nupkg"))
        {
            File.Copy(file, Path.Combine(Feed, Path.GetFileName(file)));
        }
    }

    // Of the whole user: no source, and what was restored for this repository. In the two places where NuGet looks, by system.
    private void WriteSettings()
    {
        var restored = string.Concat(
            Restored().Index().Select(folder => $"""<add key="restored{folder.Index}" value="{folder.Item}" />"""));
        foreach (var place in (string[])[Path.Combine(Home, ".nuget", "NuGet"), Path.Combine(Home, "NuGet")])
        {
            Directory.CreateDirectory(place);
            File.WriteAllText(
                Path.Combine(place, "NuGet.Config"),
                $"""
                <configuration>
                  <packageSources><clear /></packageSources>
                  <fallbackPackageFolders>
                    <clear />
                    {restored}
                  </fallbackPackageFolders>
                </configuration>
                """);
        }
    }

    private static IEnumerable<string> Restored()
    {
        using var assets = JsonDocument.Parse(Repository.Read("artifacts/obj/Rubato.Architecture.Tests/project.assets.json"));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }
}
