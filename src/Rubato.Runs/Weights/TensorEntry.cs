namespace Rubato.Runs.Weights;

/// <summary>
/// A tensor to be written, whose data is asked for when its turn has come, so that no second copy of the weights is held.
/// </summary>
/// <param name="Name">Unique in the file, e.g. <c>0.weight</c>.</param>
/// <param name="Type">The element type by its safetensors name: <c>F32</c>, <c>I64</c>, ...</param>
/// <param name="Shape">Extents, each at least 0; empty for a scalar.</param>
/// <param name="Write">Writes exactly the tensor's bytes, row-major and little-endian.</param>
/// <remarks>Immutable; equality is by reference to shape and source.</remarks>
public sealed record TensorEntry(string Name, string Type, IReadOnlyList<long> Shape, Action<Stream> Write)
{
    /// <summary>A tensor whose bytes are at hand.</summary>
    /// <param name="name">Unique in the file.</param>
    /// <param name="type">The element type by its safetensors name.</param>
    /// <param name="shape">Extents, each at least 0; empty for a scalar.</param>
    /// <param name="data">The tensor's bytes, row-major and little-endian.</param>
    /// <returns>The entry.</returns>
    public static TensorEntry From(string name, string type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data) =>
        new(name, type, shape, stream => stream.Write(data.Span));
}
