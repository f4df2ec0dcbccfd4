using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>The names that safetensors has for types of elements.</summary>
internal static class ElementName
{
    private static readonly (string Name, ScalarType Type)[] Known =
    [
        ("BOOL", ScalarType.Bool),
        ("U8", ScalarType.Byte),
        ("I8", ScalarType.Int8),
        ("I16", ScalarType.Int16),
        ("I32", ScalarType.Int32),
        ("I64", ScalarType.Int64),
        ("F16", ScalarType.Float16),
        ("BF16", ScalarType.BFloat16),
        ("F32", ScalarType.Float32),
        ("F64", ScalarType.Float64),
    ];

    /// <exception cref="InvalidInputException">There is no name, as for complex numbers.</exception>
    internal static string Of(ScalarType type) => Array.Find(Known, known => known.Type == type).Name
        ?? throw new InvalidInputException(
            new Finding($"a tensor holds {type}, which a safetensors file cannot") { Remedy = "keep it out of the network's state" });

    /// <summary>The type of a name that <see cref="Of"/> returns.</summary>
    internal static ScalarType TypeOf(string name) => Array.Find(Known, known => known.Name == name).Type;

    /// <summary>Whether it is the name of a floating-point type.</summary>
    internal static bool IsFloat(string name) => name is "F16" or "BF16" or "F32" or "F64";
}
