using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>The reference of the packages: a page a namespace, and one that lists them.</summary>
internal static class ReferencePages
{
    /// <summary>The text of each page, by its file's name.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        var spaces = ReferenceLibraries.PublicTypes
            .GroupBy(known => known.Type.ContainingNamespace.ToDisplayString(), StringComparer.Ordinal)
            .OrderBy(space => space.Key, StringComparer.Ordinal)
            .ToList();
        var pages = spaces.ToDictionary(space => $"{space.Key}.md", space => Page(space.Key, [.. space]), StringComparer.Ordinal);
        pages["README.md"] = Index(spaces);
        return pages;
    }

    private static string Index(IEnumerable<IGrouping<string, (INamedTypeSymbol Type, string Package)>> spaces)
    {
        var page = new StringBuilder(
            "# The reference\n\nEvery public type of the two packages, with its members. `eng/api-reference` writes these pages from the comments in the sources.\n"
            + "\n| namespace | package | types |\n|---|---|---|\n");
        foreach (var space in spaces)
        {
            var types = string.Join(", ", Ordered(space.Select(known => known.Type)).Select(type => $"[{Escaped(Name(type))}]({ReferenceText.Target(type)})"));
            page.Append($"| [{space.Key}]({space.Key}.md) | {string.Join(", ", space.Select(known => known.Package).Distinct(StringComparer.Ordinal))} | {types} |\n");
        }

        return page.ToString();
    }

    private static string Page(string space, IReadOnlyList<(INamedTypeSymbol Type, string Package)> known)
    {
        var packages = string.Join(" and ", known.Select(type => $"`{type.Package}`").Distinct(StringComparer.Ordinal));
        var page = new StringBuilder($"# Namespace {space}\n\nOf the package {packages}. [All namespaces](README.md).\n\n| type | |\n|---|---|\n");
        var types = Ordered(known.Select(type => type.Type)).ToList();
        foreach (var type in types)
        {
            page.Append($"| [{Escaped(Name(type))}]({ReferenceText.Target(type)}) | {ReferenceText.Line(MemberDocumentation.Of(type).Element("summary")).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        foreach (var type in types)
        {
            page.Append($"\n## <a id=\"{ReferenceText.Anchor(type)}\"></a>{Escaped(Name(type))}\n");
            Section(page, type);
            Members(page, type);
        }

        return page.ToString();
    }

    private static void Members(StringBuilder page, INamedTypeSymbol type)
    {
        var members = type.GetMembers().Where(member => IsShown(member, type)).ToList();
        if (type.TypeKind == TypeKind.Enum)
        {
            page.Append("\n| value | |\n|---|---|\n");
            foreach (var value in members.OfType<IFieldSymbol>())
            {
                page.Append($"| `{value.Name} = {value.ConstantValue}` | {ReferenceText.Line(MemberDocumentation.Of(value).Element("summary"))} |\n");
            }

            return;
        }

        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members.OrderBy(Rank).ThenBy(ReferenceSignature.Heading, StringComparer.Ordinal))
        {
            var anchor = ReferenceText.Anchor(member);
            page.Append($"\n### {(anchors.Add(anchor) ? $"<a id=\"{anchor}\"></a>" : "")}{Escaped(ReferenceSignature.Heading(member))}\n");
            Section(page, member);
        }
    }

    private static void Section(StringBuilder page, ISymbol symbol)
    {
        var documentation = MemberDocumentation.Of(symbol);
        page.Append($"\n```cs\n{ReferenceSignature.Of(symbol)}\n```\n");
        Paragraph(page, "", documentation.Element("summary"));
        var parameters = documentation.Elements("typeparam").Concat(documentation.Elements("param"))
            .Where(element => !string.IsNullOrWhiteSpace(element.Value) || element.HasElements)
            .Select(element => $"- `{(string?)element.Attribute("name")}`: {ReferenceText.Line(element)}\n");
        var list = string.Concat(parameters);
        page.Append(list.Length > 0 ? $"\n{list}" : "");
        Paragraph(page, "Returns: ", documentation.Element("returns"));
        Paragraph(page, "Value: ", documentation.Element("value"));
        foreach (var exception in documentation.Elements("exception"))
        {
            var cref = (string)exception.Attribute("cref")!;
            var thrown = DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, ReferenceLibraries.Compilation);
            var name = $"`{cref.Split('.')[^1]}`";
            Paragraph(page, $"Throws {(ReferenceText.Target(thrown) is { } target ? $"[{name}]({target})" : name)}: ", exception);
        }

        Paragraph(page, "", documentation.Element("remarks"));
    }

    private static void Paragraph(StringBuilder page, string before, XElement? element)
    {
        var text = ReferenceText.Of(element);
        page.Append(text.Length > 0 ? $"\n{before}{text}\n" : "");
    }

    private static bool IsShown(ISymbol member, INamedTypeSymbol type) =>
        ReferenceLibraries.IsVisible(member)
        && member is not INamedTypeSymbol
        && !ReferenceSignature.IsGenerated(member)
        && type.TypeKind != TypeKind.Delegate
        && member is not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion) }
        && member is not IFieldSymbol { Name: "value__" };

    private static int Rank(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 0,
        IFieldSymbol or IPropertySymbol => 1,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => 2,
        _ => 3,
    };

    private static IEnumerable<INamedTypeSymbol> Ordered(IEnumerable<INamedTypeSymbol> types) => types.OrderBy(Name, StringComparer.Ordinal);

    private static string Name(INamedTypeSymbol type) => ReferenceSignature.Short(type);

    private static string Escaped(string text) => text.Replace("<", "\\<", StringComparison.Ordinal);
}
