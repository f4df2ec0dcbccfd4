using Rubato.Torch.Memory;
using TorchSharp;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Parallel;

/// <summary>
/// All numbers that processes add up in an update, in one tensor: the gradients, what running statistics have moved by, and a message of
/// each process. So an update needs one reduction.
/// </summary>
/// <remarks>
/// <para>
/// The gradients of the parameters are views into it, in the parameters' own order of memory: a backward pass adds to them, and nothing is
/// copied. Gradients that are elsewhere are copied, such as those of an update whose parts are measured one by one.
/// </para>
/// <para>
/// Buffers of floating-point numbers, such as running statistics, become the same in all processes; <see cref="MovingAverage"/> says what.
/// What no process changes stays as it is, to the bit.
/// </para>
/// <para>Owns the tensor and its views. Make it after the network has moved to its device.</para>
/// </remarks>
internal sealed class GradientBuffer : IDisposable
{
    private readonly IPeers _peers;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _gradients;
    private readonly Tensor[] _buffers;
    private readonly Tensor[] _changes;
    private readonly Tensor[] _olds;
    private readonly MovingAverage[] _averages;
    private readonly Tensor _old;
    private readonly Tensor _flat;
    private readonly Tensor _messages;
    private readonly PeerMessage[] _read;

    internal GradientBuffer(IPeers peers, Module network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _peers = peers;
        _parameters = [.. network.parameters().Where(parameter => parameter.requires_grad)];
        _buffers = [.. network.buffers().Where(buffer => buffer.is_floating_point())];
        _read = new PeerMessage[peers.Size];
        var (type, device) = (_parameters[0].dtype, _parameters[0].device);
        var (trained, buffered) = (_parameters.Sum(CountOf), _buffers.Sum(CountOf));
        var messages = (long)PeerMessage.Length * peers.Size;
        _flat = Kept(zeros(trained + buffered + messages, type, device));
        _messages = Kept(_flat.slice(0, trained + buffered, trained + buffered + messages, 1));
        _old = Kept(zeros(buffered, type, device));
        _gradients = Views(_flat, _parameters, start: 0);
        _changes = Views(_flat, _buffers, trained);
        _olds = Views(_old, _buffers, start: 0);
        _averages = MovingAverage.Of(network, _buffers);
    }

    /// <summary>The parameters that have gradients, in their order.</summary>
    internal IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>The messages of all processes after a sum, by rank.</summary>
    internal ReadOnlySpan<PeerMessage> Messages => _read;

    /// <summary>Begins an update: all sums are 0.</summary>
    /// <param name="isAttached">Whether the parameters' gradients become the views; otherwise they are copied before the sum.</param>
    internal void Begin(bool isAttached)
    {
        using var noGrad = no_grad();
        _ = _flat.zero_();
        for (var i = 0; isAttached && i < _parameters.Length; i++)
        {
            _parameters[i].grad = _gradients[i];
        }

        for (var i = 0; i < _buffers.Length; i++)
        {
            _ = _olds[i].copy_(_buffers[i]);
            _averages[i].Begin();
        }
    }

    /// <summary>Adds up over all processes what the backward passes since <see cref="Begin"/> have left.</summary>
    /// <param name="share">The share of the batch's samples that this process has computed, 0..1.</param>
    /// <param name="passes">In how many parts each process computes its share, by rank; a part has statistics of its own.</param>
    /// <param name="message">What it tells.</param>
    /// <param name="isRootSlow">Whether the process 0 may come late.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal void Sum(double share, ReadOnlySpan<int> passes, in PeerMessage message, bool isRootSlow)
    {
        using var noGrad = no_grad();
        Collect();
        for (var i = 0; i < _buffers.Length; i++)
        {
            var (now, before) = _averages[i].Weights(_peers.Rank, passes, share);
            _ = _changes[i].copy_(_buffers[i]).TimesInPlace(now).PlusInPlace(_olds[i], before);
        }

        Write(message);
        _peers.Sum(_flat, isRootSlow);
        Read();
        for (var i = 0; i < _buffers.Length; i++)
        {
            _ = _buffers[i].copy_(_changes[i]);
        }
    }

    /// <summary>Sends messages alone.</summary>
    /// <param name="message">What this process tells.</param>
    /// <param name="isRootSlow">Whether the process 0 may come late.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal void Exchange(in PeerMessage message, bool isRootSlow)
    {
        using var noGrad = no_grad();
        _ = _messages.zero_();
        Write(message);
        _peers.Sum(_messages, isRootSlow);
        Read();
    }

    /// <summary>Frees the tensor; gradients that are views of it keep theirs.</summary>
    public void Dispose()
    {
        foreach (var tensor in (ReadOnlySpan<Tensor>)[.. _gradients, .. _changes, .. _olds, _messages, _old, _flat])
        {
            tensor.Dispose();
        }
    }

    // A parameter that no sample of this process has reached counts as 0, as that of a process without samples.
    private void Collect()
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            using var gradient = _parameters[i].grad;
            if (gradient is not null && !TensorLayout.IsSameMemory(gradient, _gradients[i]))
            {
                _ = _gradients[i].copy_(gradient);
            }

            if (gradient is null || !TensorLayout.IsSameMemory(gradient, _gradients[i]))
            {
                _parameters[i].grad = _gradients[i];
            }
        }
    }

    private void Write(in PeerMessage message)
    {
        using var own = _messages.slice(0, (long)PeerMessage.Length * _peers.Rank, (long)PeerMessage.Length * (_peers.Rank + 1), 1);
        using var written = own.device_type == DeviceType.CPU ? own.alias() : empty_like(own, device: CPU);
        if (written.dtype == ScalarType.Float32)
        {
            message.Write(MemoryOrder.AsSpan<float>(written));
        }
        else
        {
            message.Write(MemoryOrder.AsSpan<double>(written));
        }

        if (own.device_type != DeviceType.CPU)
        {
            _ = own.copy_(written);
        }
    }

    private void Read()
    {
        using var read = _messages.cpu();
        for (var rank = 0; rank < _read.Length; rank++)
        {
            var place = new Range(PeerMessage.Length * rank, PeerMessage.Length * (rank + 1));
            _read[rank] = read.dtype == ScalarType.Float32
                ? PeerMessage.Read<float>(MemoryOrder.AsSpan<float>(read)[place])
                : PeerMessage.Read<double>(MemoryOrder.AsSpan<double>(read)[place]);
        }
    }

    private static long CountOf(Tensor tensor) => tensor.numel();

    private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();

    // In the tensors' own strides: optimizers go over weights and gradients side by side.
    private static Tensor[] Views(Tensor flat, Tensor[] tensors, long start)
    {
        var views = new Tensor[tensors.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var tensor = tensors[i];
            views[i] = Kept(TensorLayout.Of(tensor).HasNoGaps
                ? flat.as_strided(tensor.shape, tensor.stride(), start)
                : flat.slice(0, start, start + tensor.numel(), 1).view(tensor.shape));
            start += tensor.numel();
        }

        return views;
    }
}
