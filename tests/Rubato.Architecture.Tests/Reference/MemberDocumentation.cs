using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>The documentation comment of a member, with what it inherits.</summary>
internal static class MemberDocumentation
{
    /// <summary>The element <c>member</c>; one without content for a member that has no text.</summary>
    public static XElement Of(ISymbol symbol)
    {
        var text = symbol.GetDocumentationCommentXml();
        var found = string.IsNullOrEmpty(text) ? new XElement("member") : XElement.Parse(text, LoadOptions.PreserveWhitespace);
        return found.Element("inheritdoc") is not { } inherits ? found
            : Origin(symbol, (string?)inherits.Attribute("cref")) is { } origin ? Of(origin)
            : new XElement("member");
    }

    private static ISymbol? Origin(ISymbol symbol, string? cref) =>
        cref is not null ? DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, ReferenceLibraries.Compilation)
        : symbol switch
        {
            IMethodSymbol { OverriddenMethod: { } method } => method,
            IPropertySymbol { OverriddenProperty: { } property } => property,
            INamedTypeSymbol type => type.BaseType,
            _ => Implemented(symbol),
        };

    private static ISymbol? Implemented(ISymbol symbol) =>
        symbol.ContainingType.AllInterfaces
            .SelectMany(candidate => candidate.GetMembers())
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));
}
