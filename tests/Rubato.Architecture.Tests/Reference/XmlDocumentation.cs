using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>The documentation file beside an assembly.</summary>
internal sealed class XmlDocumentation(string path) : DocumentationProvider
{
    private readonly Dictionary<string, string> _members = XDocument.Load(path, LoadOptions.PreserveWhitespace)
        .Descendants("member")
        .ToDictionary(
            member => (string)member.Attribute("name")!, member => member.ToString(SaveOptions.DisableFormatting), StringComparer.Ordinal);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => path.GetHashCode(StringComparison.Ordinal);

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.GetValueOrDefault(documentationMemberID);
}
