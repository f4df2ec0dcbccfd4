using Microsoft.CodeAnalysis;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>Types and members as C# declares them.</summary>
internal static class ReferenceSignature
{
    private static readonly SymbolDisplayFormat Declared = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat Named = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Headed = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A name in a sentence: a member behind its type, without parameters.</summary>
    public static string Short(ISymbol symbol) =>
        symbol is INamedTypeSymbol ? symbol.ToDisplayString(Named)
        : symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"new {symbol.ContainingType.ToDisplayString(Named)}"
        : $"{symbol.ContainingType.ToDisplayString(Named)}.{symbol.ToDisplayString(Named.WithMemberOptions(SymbolDisplayMemberOptions.None))}";

    /// <summary>A name over a section: with the types of the parameters.</summary>
    public static string Heading(ISymbol symbol) => symbol.ToDisplayString(Headed);

    /// <summary>A type's line, without its members; a member's line.</summary>
    public static string Of(ISymbol symbol) => symbol is INamedTypeSymbol { TypeKind: not TypeKind.Delegate } type
        ? $"{Accessibility(type)} {Kind(type)} {type.ToDisplayString(Declared)}{Bases(type)}"
        : symbol.ToDisplayString(Declared) + (symbol is IPropertySymbol ? "" : ";");

    public static bool IsRecord(INamedTypeSymbol type) =>
        type.GetMembers("PrintMembers").Any(IsGenerated);

    /// <summary>What the compiler adds to a record is said by the word record.</summary>
    public static bool IsGenerated(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
        || symbol is IPropertySymbol { Name: "EqualityContract" }
        || symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.IsValueType: true };

    private static string Accessibility(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Microsoft.CodeAnalysis.Accessibility.Public ? "public" : "protected";

    private static string Kind(INamedTypeSymbol type)
    {
        var record = IsRecord(type) ? "record " : "";
        return type.TypeKind switch
        {
            TypeKind.Enum => "enum",
            TypeKind.Interface => "interface",
            TypeKind.Struct => $"{(type.IsReadOnly ? "readonly " : "")}{record}struct",
            _ => (type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + record + "class",
        };
    }

    private static string Bases(INamedTypeSymbol type)
    {
        var parents = type.BaseType is { SpecialType: SpecialType.None } parent ? [parent] : Array.Empty<INamedTypeSymbol>();
        var list = parents.Concat(type.TypeKind == TypeKind.Enum ? [] : type.Interfaces.Where(ReferenceLibraries.IsVisible))
            .Where(candidate => !(IsRecord(type) && candidate.Name == "IEquatable"))
            .Select(candidate => candidate.ToDisplayString(Named));
        var text = string.Join(", ", list);
        return text.Length > 0 ? $" : {text}" : "";
    }
}
