using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Snapshots;

/// <summary>One tensor's worth of what a <see cref="Snapshot"/> holds, to be written to a file or filled from one.</summary>
/// <remarks>Belongs to its snapshot, and is used while that is not disposed.</remarks>
public sealed class SnapshotPart
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
    /// <see cref="TorchSharpOptimizer"/>, <c>optimizer.GROUP.INDEX.FIELD</c> for a tensor that is kept for a parameter, and
    /// <c>numbers.GROUP.INDEX.FIELD</c> for a number, or for whether that tensor is there (1 or 0).
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
    /// <param name="bytes">As many as <see cref="ToBytes"/> gives, in the same order.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Fill(ReadOnlySpan<byte> bytes) => _write(bytes);
}
