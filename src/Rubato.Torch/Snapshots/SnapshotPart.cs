using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Snapshots;

/// <summary>One tensor of a <see cref="Snapshot"/>, to be written to a file or filled from one.</summary>
/// <remarks>Belongs to its snapshot; not to be used after that was disposed.</remarks>
internal sealed class SnapshotPart
{
    private readonly Func<byte[]> _read;
    private readonly Action<ReadOnlySpan<byte>> _write;

    internal SnapshotPart(string name, ScalarType type, IReadOnlyList<long> shape, Func<byte[]> read, Action<ReadOnlySpan<byte>> write)
    {
        (Name, Type, Shape) = (name, type, shape);
        (_read, _write) = (read, write);
    }

    /// <summary>
    /// <c>network.NAME</c> for a parameter or buffer, <c>optimizer.LIST.INDEX</c> for a tensor of the optimizer's state,
    /// <c>numbers.LIST</c> for its numbers, <c>random</c> for the random state. Unique in the snapshot. With a
    /// <see cref="TorchSharpOptimizer"/>, <c>optimizer.GROUP.INDEX.FIELD</c> for a tensor of a parameter's state, and
    /// <c>numbers.GROUP.INDEX.FIELD</c> for a number, or for whether that tensor is not null (1 or 0).
    /// </summary>
    public string Name { get; }

    /// <summary>The elements' type.</summary>
    public ScalarType Type { get; }

    /// <summary>The sizes.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Its content.</summary>
    /// <returns>The elements, row-major, in this machine's order of bytes.</returns>
    public byte[] ToBytes() => _read();

    /// <summary>Sets its content.</summary>
    /// <param name="bytes">The elements as <see cref="ToBytes"/> gives them; exactly as many bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public void Fill(ReadOnlySpan<byte> bytes) => _write(bytes);
}
