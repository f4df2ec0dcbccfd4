using System.Collections.Immutable;

namespace Rubato.Runs.Weights;

/// <summary>A tensor that stands in a file.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">The element type by its safetensors name: <c>F32</c>, <c>I64</c>, ...</param>
/// <param name="Shape">Extents, each at least 0; empty for a scalar.</param>
/// <param name="Begin">Where its first byte is, counted from the start of the file's data.</param>
/// <param name="End">One past its last byte.</param>
/// <remarks>Immutable; equality is by reference to the shape.</remarks>
public sealed record TensorInfo(string Name, string Type, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The tensor's bytes.</summary>
    public long ByteCount => End - Begin;
}
