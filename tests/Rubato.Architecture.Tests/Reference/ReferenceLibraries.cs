using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rubato.Architecture.Tests.Reference;

/// <summary>The assemblies of the packages as the compiler sees them, with their documentation.</summary>
internal static class ReferenceLibraries
{
    // As they lie in the packages: Rubato.Runs is within Rubato.Torch.
    private static readonly IReadOnlyList<(string Assembly, string Package)> Packed =
        [("Rubato", "Rubato"), ("Rubato.Runs", "Rubato.Torch"), ("Rubato.Torch", "Rubato.Torch")];

    /// <summary>What cref attributes lead to lies in here, internal types too: a public member may inherit their text.</summary>
    public static Compilation Compilation { get; } = CSharpCompilation.Create(
        "reference",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(Reference),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary).WithMetadataImportOptions(MetadataImportOptions.All));

    /// <summary>Each public type, nested ones too, with the package that it comes with.</summary>
    public static IReadOnlyList<(INamedTypeSymbol Type, string Package)> PublicTypes { get; } =
    [
        .. from packed in Packed
           let assembly = Compilation.References.Select(Compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
               .Single(assembly => assembly.Name == packed.Assembly)
           from type in Types(assembly.GlobalNamespace)
           select (type, packed.Package),
    ];

    /// <summary>Whether somebody who uses the package sees it.</summary>
    public static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is not { } outer || IsVisible(outer));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol within) =>
        within.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(inner => inner is INamedTypeSymbol type && IsVisible(type) ? Types(inner).Prepend(type)
                : inner is INamespaceSymbol ? Types(inner) : []);

    private static PortableExecutableReference Reference(string path)
    {
        var isOurs = Packed.Any(packed => packed.Assembly == Path.GetFileNameWithoutExtension(path));
        return MetadataReference.CreateFromFile(
            path, documentation: isOurs ? new XmlDocumentation(Path.ChangeExtension(path, ".xml")) : null);
    }
}
