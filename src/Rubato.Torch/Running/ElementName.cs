using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>The names that safetensors has for types of elements.</summary>
internal static class ElementName
{
    /// <exception cref="InvalidInputException">There is no name, as for complex numbers.</exception>
    internal static string Of(ScalarType type) => type switch
    {
        ScalarType.Bool => "BOOL",
        ScalarType.Byte => "U8",
        ScalarType.Int8 => "I8",
        ScalarType.Int16 => "I16",
        ScalarType.Int32 => "I32",
        ScalarType.Int64 => "I64",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Float32 => "F32",
        ScalarType.Float64 => "F64",
        _ => throw new InvalidInputException(
            new Finding($"a tensor holds {type}, which a safetensors file cannot") { Remedy = "keep it out of the network's state" }),
    };
}
