using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Snapshots;

/// <summary>
/// A copy of all that an update changes: a network's parameters and buffers (running statistics among them), its optimizer's state, and
/// the CPU's random state. After it is restored, the training goes on bit for bit as it did before.
/// </summary>
/// <remarks>
/// <para>The copy lies on the network's device, in its memory format. Network and optimizer keep their tensors; only the content is copied.
/// <see cref="Retake"/> allocates tensors only for optimizer state that is new since the last time. Optimizer state that is newer than the
/// snapshot is restored to zeros; a <see cref="TorchSharpOptimizer"/> has it no longer.</para>
/// <para>Take and restore between updates, on the training thread; gradients are no part of it. The random state is libtorch's own and
/// process-wide; that of a CUDA device is not kept (<see cref="Engine.RandomState"/>). A snapshot fits only its own network and optimizer.
/// Make it after the network has moved to its device, and dispose it.</para>
/// </remarks>
public sealed class Snapshot : IDisposable
{
    private readonly OptimizerStateCopy _state;
    private readonly TensorList _network;
    private readonly TensorList _networkCopy;
    private readonly string[] _names;
    private Tensor _random;

    private Snapshot(nn.Module network, Optimizer optimizer)
    {
        // The optimizer may be refused here, before tensors are allocated.
        _state = optimizer.CopyState();
        var state = network.state_dict();
        _names = [.. state.Keys];
        _network = new TensorList(state.Values);
        _networkCopy = TensorList.ZerosLike(_network);
        _random = Engine.RandomState();
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The network's optimizer.</param>
    /// <returns>The snapshot; dispose it.</returns>
    /// <exception cref="TorchException">There is not enough memory.</exception>
    /// <exception cref="InvalidInputException">A snapshot cannot see all of the optimizer's state.</exception>
    public static Snapshot Take(nn.Module network, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        var snapshot = new Snapshot(network, optimizer);
        try
        {
            snapshot.Retake();
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    /// <summary>Takes the snapshot anew, over its old content.</summary>
    public void Retake()
    {
        using var noGrad = no_grad();
        _networkCopy.CopyFrom(_network);
        _state.Retake();
        _random.Dispose();
        _random = Engine.RandomState();
    }

    /// <summary>
    /// Restores network, optimizer and random state to the last time that the snapshot was taken. This can be done any number of times.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The part <c>random</c> was filled with bytes that are no random state; nothing has changed.
    /// </exception>
    public void Restore()
    {
        using var noGrad = no_grad();
        Engine.SetRandomState(_random);
        _network.CopyFrom(_networkCopy);
        _state.Restore();
    }

    /// <summary>
    /// Restores only the network's parameters and buffers; optimizer and random state stay as they are.
    /// </summary>
    /// <remarks>Not for an <see cref="ExponentialSgd"/>, whose state includes the scale that the weights are stored with.</remarks>
    public void RestoreNetwork()
    {
        using var noGrad = no_grad();
        _network.CopyFrom(_networkCopy);
    }

    /// <summary>
    /// The content of the snapshot, tensor by tensor. Optimizer state that is newer than the snapshot is in it as zeros.
    /// </summary>
    /// <param name="withAllState">Whether the optimizer makes all its state now, also state that it would make only when needed.</param>
    /// <returns>The parts, in a fixed order. Filling them changes the snapshot, not yet the network and the optimizer.</returns>
    internal IReadOnlyList<SnapshotPart> Parts(bool withAllState = false)
    {
        using var noGrad = no_grad();
        var parts = new List<SnapshotPart>();
        for (var i = 0; i < _networkCopy.Count; i++)
        {
            parts.Add(PartOf($"network.{_names[i]}", _networkCopy[i]));
        }

        parts.AddRange(_state.Parts(withAllState).Select(PartOf));
        parts.Add(new SnapshotPart(
            "random", ScalarType.Byte, _random.shape, () => MemoryOrder.ToArray<byte>(_random), bytes => Fill(_random, bytes)));
        return parts;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        _networkCopy.Dispose();
        _state.Dispose();
        _network.Dispose();
        _random.Dispose();
    }

    private static SnapshotPart PartOf(StatePart part) => part switch
    {
        { Tensor: { } tensor } => PartOf(part.Name, tensor),
        { Numbers: double[] numbers } => PartOf(part.Name, ScalarType.Float64, numbers),
        { Numbers: long[] numbers } => PartOf(part.Name, ScalarType.Int64, numbers),
        _ => throw new InvalidOperationException($"The optimizer's state '{part.Name}' is neither a tensor nor numbers."),
    };

    private static SnapshotPart PartOf(string name, Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => PartOf<float>(name, tensor),
        ScalarType.Float64 => PartOf<double>(name, tensor),
        ScalarType.Int64 => PartOf<long>(name, tensor),
        var type => throw new InvalidOperationException($"The tensor '{name}' holds {type}, which no snapshot's part does."),
    };

    private static SnapshotPart PartOf<T>(string name, Tensor tensor)
        where T : unmanaged => new(
            name,
            tensor.dtype,
            tensor.shape,
            () => MemoryMarshal.AsBytes<T>(MemoryOrder.ToArray<T>(tensor)).ToArray(),
            bytes => Fill(tensor, NumbersIn<T>(bytes, name)));

    private static SnapshotPart PartOf<T>(string name, ScalarType type, T[] numbers)
        where T : unmanaged => new(
        name,
        type,
        [numbers.Length],
        () => MemoryMarshal.AsBytes<T>(numbers).ToArray(),
        bytes =>
        {
            var values = NumbersIn<T>(bytes, name);
            if (values.Length != numbers.Length)
            {
                throw new ArgumentException($"The part '{name}' has {numbers.Length} numbers, got {values.Length}.", nameof(bytes));
            }

            values.CopyTo(numbers);
        });

    // A cast would silently drop bytes beyond the last whole number.
    private static ReadOnlySpan<T> NumbersIn<T>(ReadOnlySpan<byte> bytes, string name)
        where T : unmanaged => bytes.Length % Unsafe.SizeOf<T>() == 0
        ? MemoryMarshal.Cast<byte, T>(bytes)
        : throw new ArgumentException(
            $"The part '{name}' has numbers of {Unsafe.SizeOf<T>()} bytes, got {bytes.Length} bytes.", nameof(bytes));

    private static void Fill<T>(Tensor tensor, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        tensor.copy_(MemoryOrder.From(values, tensor.shape));
    }
}
