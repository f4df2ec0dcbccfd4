using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>A documentation comment as Markdown.</summary>
internal static partial class ReferenceText
{
    private static readonly HashSet<ISymbol> Known =
        new(ReferenceLibraries.PublicTypes.Select(known => known.Type), SymbolEqualityComparer.Default);

    /// <summary>The text of an element, a paragraph after the other; empty for none.</summary>
    public static string Of(XElement? element)
    {
        var text = element is null ? "" : string.Concat(element.Nodes().Select(Node));
        return TooMany().Replace(LineEdges().Replace(text, "\n"), "\n\n").Trim();
    }

    /// <summary>The same on one line, for lists and tables.</summary>
    public static string Line(XElement? element) => Blanks().Replace(Of(element), " ");

    /// <summary>Where the reference has a type or a member; null if it has not.</summary>
    public static string? Target(ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        var isHere = type is not null && symbol is not null && ReferenceLibraries.IsVisible(symbol)
            && Known.Contains(type.OriginalDefinition);
        return isHere ? $"{type!.ContainingNamespace.ToDisplayString()}.md#{Anchor(symbol!)}" : null;
    }

    /// <summary>The same for all overloads of a method, the first of which has it; a value of an enum has that of the enum.</summary>
    public static string Anchor(ISymbol symbol) => symbol is IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } type } ? Anchor(type)
        : symbol.OriginalDefinition.GetDocumentationCommentId()![2..].Split('(')[0].Replace("#ctor", "new", StringComparison.Ordinal)
            .Replace('`', '-').ToLowerInvariant();

    private static string Node(XNode node) => node switch
    {
        XText text => Special().Replace(Blanks().Replace(text.Value, " "), @"\$0"),
        XElement element => Element(element),
        _ => "",
    };

    private static string Element(XElement element) => element.Name.LocalName switch
    {
        "c" => Code(element.Value),
        "para" or "list" => $"\n\n{string.Concat(element.Nodes().Select(Node)).Trim(' ')}\n\n",
        "item" => $"\n- {Line(element.Element("description") ?? element)}",
        "code" => $"\n\n```cs\n{Outdented(element.Value)}\n```\n\n",
        "b" or "strong" => $"**{Of(element)}**",
        "i" or "em" => $"*{Of(element)}*",
        "paramref" or "typeparamref" => Code((string)element.Attribute("name")!),
        "see" or "seealso" => See(element),
        _ => throw new InvalidOperationException($"The reference knows no element <{element.Name.LocalName}>."),
    };

    private static string See(XElement element)
    {
        if ((string?)element.Attribute("langword") is { } word)
        {
            return Code(word);
        }

        if ((string?)element.Attribute("href") is { } address)
        {
            return element.IsEmpty ? $"<{address}>" : $"[{Of(element)}]({address})";
        }

        var cref = (string)element.Attribute("cref")!;
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, ReferenceLibraries.Compilation);
        var name = element.IsEmpty ? Code(symbol is null ? cref[2..] : ReferenceSignature.Short(symbol)) : Of(element);
        return Target(symbol) is { } target ? $"[{name}]({target})" : name;
    }

    private static string Code(string text)
    {
        var line = Blanks().Replace(text.Trim(), " ");
        return line.Contains('`', StringComparison.Ordinal) ? $"`` {line} ``" : $"`{line}`";
    }

    private static string Outdented(string text)
    {
        var lines = text.Trim('\n').TrimEnd().Split('\n');
        var indentation = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Trim().Length > 0 ? line[indentation..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex("[*_<\\[\\]`\\\\]", RegexOptions.None, 1000)]
    private static partial Regex Special();

    // Not before a line of code, whose indentation counts.
    [GeneratedRegex(" *\n(?!```) ?(?! )", RegexOptions.None, 1000)]
    private static partial Regex LineEdges();

    [GeneratedRegex("\n{3,}", RegexOptions.None, 1000)]
    private static partial Regex TooMany();
}
