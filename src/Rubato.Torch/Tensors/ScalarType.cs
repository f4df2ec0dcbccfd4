namespace Rubato.Torch.Tensors;

/// <summary>The type of a tensor's elements; the numbers are <c>c10::ScalarType</c>'s.</summary>
public enum ScalarType
{
    /// <summary>Unsigned bytes.</summary>
    Byte = 0,

    /// <summary>32-bit integers.</summary>
    Int32 = 3,

    /// <summary>64-bit integers.</summary>
    Int64 = 4,

    /// <summary>32-bit floating point.</summary>
    Float32 = 6,

    /// <summary>64-bit floating point.</summary>
    Float64 = 7,

    /// <summary>True or false.</summary>
    Bool = 11,
}
