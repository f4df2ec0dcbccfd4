using System.Runtime.InteropServices;
using Rubato.Torch.Layers;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Snapshots;

/// <summary>
/// A copy of all that an update changes: a network's parameters and buffers (running statistics among them), its optimizer's state, and the random
/// state of its device, from which dropout draws. Restored, the training goes on bit for bit as it did from there.
/// </summary>
/// <remarks>
/// <para>Lies on the network's device, in its memory format. Content is copied into tensors that stay: layers and optimizer keep theirs, and
/// <see cref="Retake"/> allocates none, but for optimizer state that has come into being since the last time. State that came into being after the
/// snapshot is restored to zeros, which it stood for.</para>
/// <para>Take and restore between updates, on the training thread; gradients are no part of it. The random state is libtorch's own and
/// process-wide. Belongs to its owner, who disposes it, and to this network and optimizer; make it after the network has moved to its device.</para>
/// </remarks>
public sealed class Snapshot : IDisposable
{
    private readonly Optimizer _optimizer;
    private readonly Device _device;
    private readonly TensorList _network;
    private readonly TensorList _networkCopy;
    private readonly string[] _names;
    private readonly List<TensorList> _stateCopies = [];
    private readonly double[][] _numbers;
    private Tensor _random;

    private Snapshot(Layer network, Optimizer optimizer)
    {
        _optimizer = optimizer;
        _names = [.. network.StateTensors().Select(named => named.Key)];
        _network = new TensorList([.. network.StateTensors().Select(named => named.Value)]);
        _networkCopy = TensorList.ZerosLike(_network);
        _numbers = [.. optimizer.StateNumbers.Select(numbers => new double[numbers.Length])];
        _device = _network.Count == 0 ? Device.Cpu : _network[0].Device;
        _random = Engine.RandomState(_device).Persist();
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">What trains it.</param>
    /// <returns>The snapshot; dispose it.</returns>
    /// <exception cref="TorchException">There is not enough memory.</exception>
    public static Snapshot Take(Layer network, Optimizer optimizer)
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

    /// <summary>Takes it again, over what it held.</summary>
    public void Retake()
    {
        using var noGrad = Autograd.NoGrad();
        Copy(_network, _networkCopy);
        var state = _optimizer.StateTensors;
        MakeRoomForState();
        for (var i = 0; i < state.Count; i++)
        {
            Copy(state[i], _stateCopies[i]);
        }

        for (var i = 0; i < _numbers.Length; i++)
        {
            _optimizer.StateNumbers[i].CopyTo(_numbers[i].AsSpan());
        }

        _random.Dispose();
        _random = Engine.RandomState(_device).Persist();
    }

    /// <summary>Makes network, optimizer and random state what they were when it was taken last. It can be restored any number of times.</summary>
    public void Restore()
    {
        using var noGrad = Autograd.NoGrad();
        Copy(_networkCopy, _network);
        var state = _optimizer.StateTensors;
        for (var i = 0; i < state.Count; i++)
        {
            if (i < _stateCopies.Count)
            {
                Copy(_stateCopies[i], state[i]);
            }
            else
            {
                Clear(state[i]);
            }
        }

        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i].CopyTo(_optimizer.StateNumbers[i].AsSpan());
        }

        Engine.SetRandomState(_device, _random);
        _optimizer.StateRestored();
    }

    /// <summary>Makes the network's parameters and buffers what they were when it was taken last; optimizer and random state stay what they are.</summary>
    /// <remarks>Not for an <see cref="ExponentialSgd"/>, whose state says how large the weights are kept.</remarks>
    public void RestoreNetwork()
    {
        using var noGrad = Autograd.NoGrad();
        Copy(_networkCopy, _network);
    }

    /// <summary>
    /// All that it holds, piece by piece. Optimizer state that came into being after it was taken is in it as zeros, which it stands for.
    /// </summary>
    /// <param name="withAllState">Whether the optimizer shall make now what state it would make only when it is needed.</param>
    /// <returns>The parts, in a fixed order; to fill them changes the snapshot, and network and optimizer when it is restored.</returns>
    public IReadOnlyList<SnapshotPart> Parts(bool withAllState = false)
    {
        using var noGrad = Autograd.NoGrad();
        if (withAllState)
        {
            _optimizer.MakeAllState();
        }

        MakeRoomForState();
        var parts = new List<SnapshotPart>();
        for (var i = 0; i < _networkCopy.Count; i++)
        {
            parts.Add(PartOf($"network.{_names[i]}", _networkCopy[i]));
        }

        for (var list = 0; list < _stateCopies.Count; list++)
        {
            for (var i = 0; i < _stateCopies[list].Count; i++)
            {
                parts.Add(PartOf($"optimizer.{list}.{i}", _stateCopies[list][i]));
            }
        }

        for (var list = 0; list < _numbers.Length; list++)
        {
            parts.Add(PartOf($"numbers.{list}", _numbers[list]));
        }

        parts.Add(new SnapshotPart(
            "random", ScalarType.Byte, _random.Shape, () => _random.ToArray<byte>(), bytes => Fill(_random, bytes)));
        return parts;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        _networkCopy.Dispose();
        _stateCopies.ForEach(copy => copy.Dispose());
        _network.Dispose();
        _random.Dispose();
    }

    private void MakeRoomForState()
    {
        var state = _optimizer.StateTensors;
        for (var i = _stateCopies.Count; i < state.Count; i++)
        {
            _stateCopies.Add(TensorList.ZerosLike(state[i]));
        }
    }

    private static SnapshotPart PartOf(string name, Tensor tensor) => tensor.ScalarType switch
    {
        ScalarType.Float32 => PartOf<float>(name, tensor),
        ScalarType.Float64 => PartOf<double>(name, tensor),
        ScalarType.Int64 => PartOf<long>(name, tensor),
        var type => throw new InvalidOperationException($"The tensor '{name}' holds {type}, which no snapshot's part does."),
    };

    private static SnapshotPart PartOf<T>(string name, Tensor tensor)
        where T : unmanaged => new(
            name,
            tensor.ScalarType,
            tensor.Shape,
            () => MemoryMarshal.AsBytes<T>(tensor.ToArray<T>()).ToArray(),
            bytes => Fill(tensor, MemoryMarshal.Cast<byte, T>(bytes)));

    private static SnapshotPart PartOf(string name, double[] numbers) => new(
        name,
        ScalarType.Float64,
        [numbers.Length],
        () => MemoryMarshal.AsBytes<double>(numbers).ToArray(),
        bytes =>
        {
            var values = MemoryMarshal.Cast<byte, double>(bytes);
            if (values.Length != numbers.Length)
            {
                throw new ArgumentException($"The part '{name}' has {numbers.Length} numbers, got {values.Length}.", nameof(bytes));
            }

            values.CopyTo(numbers);
        });

    private static void Fill<T>(Tensor tensor, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        Ops.Copy(tensor, Ops.From(values, tensor.Shape));
    }

    private static void Copy(TensorList from, TensorList to)
    {
        for (var i = 0; i < from.Count; i++)
        {
            Ops.Copy(to[i], from[i]);
        }
    }

    private static void Clear(TensorList tensors)
    {
        for (var i = 0; i < tensors.Count; i++)
        {
            Ops.Fill(tensors[i], 0);
        }
    }
}
