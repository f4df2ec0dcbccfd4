using System.IO.Compression;
using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

/// <summary>What lies in a package.</summary>
public sealed class PackedPackage
{
    private readonly Dictionary<string, string> _texts;

    private PackedPackage(IReadOnlyList<string> entries, Dictionary<string, string> texts)
    {
        (Entries, _texts) = (entries, texts);
        Metadata = XDocument.Parse(texts.Single(text => text.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value)
            .Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>Its files without those that NuGet itself adds, in ordinal order.</summary>
    public IReadOnlyList<string> Entries { get; }

    public XElement Metadata { get; }

    public string Readme => _texts["README.md"];

    /// <summary>The packages that it brings, with their versions.</summary>
    public IEnumerable<(string Id, string Version)> Dependencies =>
        from element in Metadata.Descendants()
        where element.Name.LocalName == "dependency"
        select ((string)element.Attribute("id")!, (string)element.Attribute("version")!);

    public static PackedPackage Open(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        var entries = archive.Entries
            .Where(entry => !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal)
                && !entry.FullName.StartsWith("package/", StringComparison.Ordinal)
                && entry.FullName != "[Content_Types].xml")
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .ToList();
        return new(
            [.. entries.Select(entry => entry.FullName)],
            entries
                .Where(entry => Path.GetExtension(entry.FullName) is ".xml" or ".md" or ".nuspec")
                .ToDictionary(entry => entry.FullName, Text, StringComparer.Ordinal));
    }

    public string Documentation(string assembly) => _texts[$"lib/net10.0/{assembly}.xml"];

    public string? Value(string name) => (string?)Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
