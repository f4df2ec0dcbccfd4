using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

/// <summary>The package of the library, packed from what was built, and a bare folder to use it in. Nothing is fetched.</summary>
public sealed class Package : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rubato-package-");

    public Package()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        Dotnet("pack", Path.Combine(Repository.Root, "src/Rubato"), "--no-build", "-c", configuration, "-o", Feed);
        using var archive = ZipFile.OpenRead(Directory.EnumerateFiles(Feed, "Rubato.*.nupkg").Single());
        Entries = [.. archive.Entries.Select(entry => entry.FullName)];
        Metadata = XDocument.Parse(Text(archive, "Rubato.nuspec")).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        Documentation = Text(archive, "lib/net10.0/Rubato.xml");
        Readme = Text(archive, "README.md");
    }

    public IReadOnlyList<string> Entries { get; }

    public XElement Metadata { get; }

    public string Documentation { get; }

    public string Readme { get; }

    private string Feed => Path.Combine(_folder.FullName, "feed");

    public string? Value(string name) => (string?)Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    /// <summary>What a program that uses the package prints.</summary>
    public string Run(string program)
    {
        var user = _folder.CreateSubdirectory("user").FullName;
        File.WriteAllText(Path.Combine(user, "Program.cs"), program);
        File.WriteAllText(
            Path.Combine(user, "user.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>../packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Rubato" Version="{Value("version")}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(
            Path.Combine(user, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="local" value="{Feed}" /></packageSources></configuration>""");
        Dotnet("build", user, "-c", "Release", "-o", Path.Combine(user, "out"));
        return Dotnet(Path.Combine(user, "out/user.dll"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    // Build servers would outlive the test and keep its pipes open.
    private static string Dotnet(params string[] arguments)
    {
        var own = Environment.ProcessPath;
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(own) == "dotnet" ? own! : "dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = "false",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
                ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
    }
}
