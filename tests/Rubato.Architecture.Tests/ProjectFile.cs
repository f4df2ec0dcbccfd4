using System.Xml.Linq;

namespace Rubato.Architecture.Tests;

/// <summary>
/// What a project file says, read as text: the compiler drops references that no code uses, so compiled assemblies would hide a wrong arrow.
/// </summary>
internal sealed record ProjectFile(
    string Path, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool AllowsUnsafe)
{
    public bool IsSource => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public static ProjectFile Parse(string path, string text)
    {
        var root = XDocument.Parse(text).Root!;
        return new(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Included(root, "ProjectReference").Select(System.IO.Path.GetFileNameWithoutExtension).OfType<string>()],
            [.. Included(root, "PackageReference")],
            root.Descendants("AllowUnsafeBlocks").Any(element => element.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Included(XElement root, string item) =>
        root.Descendants(item).Select(element => ((string?)element.Attribute("Include") ?? "").Replace('\\', '/'));
}
