using Rubato.Torch.Memory;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Parallel;

/// <summary>The processes that train one network, as the loops of a run use them.</summary>
/// <remarks>
/// All of them make the same updates from the same sums, so that their weights stay the same to the bit; a checksum says so every
/// <see cref="CompareEvery"/> updates. A process that is alone goes past all of this: nothing is copied, sent or compared.
/// Belongs to the thread that trains. Owns its buffer, not the peers.
/// </remarks>
internal sealed class Team : IDisposable
{
    /// <summary>After how many updates checksums are compared: reading all weights takes a small part of an update.</summary>
    internal const long CompareEvery = 100;

    // "peers" in ASCII: draws of the processes differ from those of a run alone with any seed.
    private const long DrawStream = 0x7065657273;

    private readonly GradientBuffer? _buffer;
    private readonly CancellationTokenSource _stop = new();
    private CancellationToken _asked;
    private Func<bool>? _isSaveWanted;
    private Action? _save;
    private bool _isRootSlow = true;
    private bool _isReached;
    private readonly int[] _passes;
    private long _sums;

    private Team(IPeers peers, GradientBuffer? buffer) => (Peers, _buffer, _passes) = (peers, buffer, new int[peers.Size]);

    /// <summary>The team of a process that is alone.</summary>
    internal static Team Single { get; } = new(Alone.Instance, buffer: null);

    /// <summary>The processes.</summary>
    internal IPeers Peers { get; }

    /// <summary>Whether there is no other process.</summary>
    internal bool IsAlone => _buffer is null;

    /// <summary>Samples that stay together in a share, such as a ghost batch; at least 1.</summary>
    internal int Unit { get; init; } = 1;

    /// <summary>The fewest samples of a share that is not empty; at least 1.</summary>
    internal int Least { get; init; } = 1;

    /// <summary>Whether every process must have samples of each batch, since the network's layers wait for all.</summary>
    internal bool NeedsAll { get; init; }

    /// <summary>The team of some processes; all get the state of the network of the process 0.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="network">Where it is trained.</param>
    /// <param name="unit">Samples that stay together in a share.</param>
    /// <param name="least">The fewest samples of a share that is not empty.</param>
    /// <param name="needsAll">Whether every process must have samples of each batch.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal static Team Of(IPeers peers, Module network, int unit = 1, int least = 1, bool needsAll = false)
    {
        if (peers.Size == 1)
        {
            return Single;
        }

        using (no_grad())
        {
            foreach (var tensor in network.state_dict().Values)
            {
                BroadcastContent(peers, tensor);
            }
        }

        return new Team(peers, new GradientBuffer(peers, network)) { Unit = unit, Least = least, NeedsAll = needsAll };
    }

    /// <summary>The samples of a batch that this process computes.</summary>
    internal Share ShareOf(int batch) => ShareOf(batch, Peers.Rank);

    /// <summary>The samples of a batch that a process computes.</summary>
    internal Share ShareOf(int batch, int rank) => Share.Of(batch, rank, Peers.Size, Unit, Least);

    /// <summary>Whether no backward pass of this process was looked at yet, and there is one for this batch.</summary>
    internal bool IsFirst(int batch) => !IsAlone && !_isReached && !ShareOf(batch).IsEmpty;

    /// <summary>How many processes have samples of a batch.</summary>
    internal int Sharing(int batch) => Share.Sharing(batch, Peers.Size, Unit, Least);

    /// <summary>
    /// Takes over how a run is asked to end: what one process is asked for, all do after the same update.
    /// </summary>
    /// <param name="cancellation">Asks this process to end the run.</param>
    /// <returns>What this process obeys.</returns>
    internal CancellationToken Agree(CancellationToken cancellation)
    {
        if (IsAlone)
        {
            return cancellation;
        }

        _asked = cancellation;
        return _stop.Token;
    }

    /// <summary>
    /// Takes over when a run is saved: each process says before an update whether it wants that, so that the others wait for the one that
    /// writes. Not for a process that is alone.
    /// </summary>
    /// <param name="isWanted">Whether this process wants a checkpoint after the update.</param>
    /// <param name="save">Called after an update for which any process has wanted one.</param>
    internal void AgreeOnSaving(Func<bool> isWanted, Action save) => (_isSaveWanted, _save) = (isWanted, save);

    /// <summary>Waits until all processes are here.</summary>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal void Meet() => Gather([0]);

    /// <summary>The process 0 is about to write files: the next wait for it may be long.</summary>
    internal void ExpectWriting() => _isRootSlow = true;

    /// <summary>
    /// Seeds what the network draws in an update, such as its dropout, differently in each process; alone, it goes on drawing.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="position">Samples before the batch.</param>
    internal void SeedDraws(long seed, long position)
    {
        if (!IsAlone)
        {
            Engine.Seed(unchecked((long)new CounterRandom(seed + Peers.Rank, DrawStream, position).NextBits()));
        }
    }

    /// <summary>Begins an update, before its backward passes.</summary>
    /// <param name="isMeasured">Whether the gradients of its parts are measured one by one.</param>
    /// <param name="batch">The samples of the whole batch.</param>
    /// <param name="partsOf">Into how many parts with statistics of their own a process takes so many samples.</param>
    internal void Begin(bool isMeasured, int batch, Func<int, int> partsOf)
    {
        if (IsAlone)
        {
            return;
        }

        for (var rank = 0; rank < _passes.Length; rank++)
        {
            var samples = ShareOf(batch, rank).Count;
            _passes[rank] = samples == 0 ? 0 : partsOf(samples);
        }

        // The first time a parameter that no loss depends on must be seen to have no gradient.
        _buffer!.Begin(isAttached: _isReached && !isMeasured);
    }

    /// <summary>Adds up the gradients, and what the processes tell.</summary>
    /// <param name="batch">The samples of the whole batch.</param>
    /// <param name="own">What this process has computed.</param>
    /// <param name="rate">The learning rate that it is about to use.</param>
    /// <returns>The sums; of a process that is alone what it has itself.</returns>
    /// <exception cref="PeersException">A process is missing, or the states differ.</exception>
    internal Totals Sum(int batch, in Totals own, double rate)
    {
        if (_buffer is null)
        {
            return own;
        }

        var share = ShareOf(batch);
        _isReached |= !share.IsEmpty;
        var isCompared = _sums++ % CompareEvery == 1;
        var checksum = isCompared ? StateChecksum.Of(_buffer.Parameters, rate, batch) : 0;
        _buffer.Sum((double)share.Count / batch, _passes, MessageOf(own, checksum, isUpdate: true), TakeRootSlow());
        Obey(_buffer.Messages);
        if (isCompared)
        {
            RequireSame(_buffer.Messages, rate, batch);
        }

        return TotalsOf(_buffer.Messages);
    }

    /// <summary>Adds up what the processes tell, without gradients.</summary>
    /// <param name="own">What this process has computed.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal Totals Sum(in Totals own)
    {
        if (_buffer is null)
        {
            return own;
        }

        _buffer.Exchange(MessageOf(own, checksum: 0, isUpdate: false), TakeRootSlow());
        Obey(_buffer.Messages);
        return TotalsOf(_buffer.Messages);
    }

    /// <summary>
    /// Adds up numbers of which each process has some, and zeros for the others: so the sum is exact, and the same as in one process.
    /// </summary>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal void Gather(Span<double> numbers)
    {
        if (IsAlone)
        {
            return;
        }

        using var sent = MemoryOrder.From<double>(numbers, numbers.Length);
        Peers.Sum(sent, TakeRootSlow());
        MemoryOrder.AsSpan<double>(sent).CopyTo(numbers);
    }

    /// <summary>Adds up two numbers of each process, in the order of the ranks.</summary>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal (double First, double Second) SumInOrder(double first, double second)
    {
        if (IsAlone)
        {
            return (first, second);
        }

        var all = new double[2 * Peers.Size];
        (all[2 * Peers.Rank], all[(2 * Peers.Rank) + 1]) = (first, second);
        Gather(all);
        (first, second) = (0, 0);
        for (var rank = 0; rank < Peers.Size; rank++)
        {
            (first, second) = (first + all[2 * rank], second + all[(2 * rank) + 1]);
        }

        return (first, second);
    }

    /// <summary>Frees the buffer.</summary>
    public void Dispose()
    {
        _buffer?.Dispose();
        if (!IsAlone)
        {
            _stop.Dispose();
        }
    }

    // In the order of rows, since processes may keep them in another order; what is not exchanged as it is becomes whole numbers.
    private static void BroadcastContent(IPeers peers, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var content = tensor.detach();
        var dense = content.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Int64
            ? content.contiguous()
            : content.to(ScalarType.Int64).contiguous();
        peers.Broadcast(dense);
        if (!TensorLayout.IsSameMemory(dense, content))
        {
            _ = content.copy_(dense);
        }
    }

    private PeerMessage MessageOf(in Totals own, ulong checksum, bool isUpdate)
    {
        var wishes = _asked.IsCancellationRequested ? Wishes.Stop : Wishes.None;
        if (isUpdate && _isSaveWanted?.Invoke() == true)
        {
            wishes |= Wishes.Save;
        }

        return new PeerMessage(own.Loss, own.Squares, own.Inverses, own.Parts, wishes, checksum);
    }

    private void Obey(ReadOnlySpan<PeerMessage> messages)
    {
        var wishes = Wishes.None;
        foreach (ref readonly var message in messages)
        {
            wishes |= message.Wishes;
        }

        if (wishes.HasFlag(Wishes.Save))
        {
            _isRootSlow = true;
            _save?.Invoke();
        }

        if (wishes.HasFlag(Wishes.Stop))
        {
            _stop.Cancel();
        }
    }

    private bool TakeRootSlow()
    {
        var isSlow = _isRootSlow;
        _isRootSlow = false;
        return isSlow;
    }

    private static Totals TotalsOf(ReadOnlySpan<PeerMessage> messages)
    {
        var totals = default(Totals);
        foreach (ref readonly var message in messages)
        {
            totals = new Totals(
                totals.Loss + message.Loss,
                totals.Squares + message.Squares,
                totals.Inverses + message.Inverses,
                totals.Parts + message.Parts);
        }

        return totals;
    }

    // All have the same messages, and so all come here or none does.
    private void RequireSame(ReadOnlySpan<PeerMessage> messages, double rate, int batch)
    {
        for (var rank = 1; rank < messages.Length; rank++)
        {
            if (messages[rank].Checksum == messages[0].Checksum)
            {
                continue;
            }

            var weights = StateChecksum.Of(_buffer!.Parameters);
            var all = new double[Peers.Size * Difference.Length];
            new Difference(weights, rate, batch).Write(all.AsSpan(Peers.Rank * Difference.Length));
            var (other, sums) = (rank, _sums);
            Gather(all);
            throw new PeersException(
                $"process {other} on {Peers.Hosts[other]} and process 0 on {Peers.Hosts[0]} came apart within {CompareEvery} updates "
                + $"before update {sums}: {Difference.Read(all, other)} against {Difference.Read(all, 0)}; let all hosts have processors "
                + "of one kind and the same program, and go on from the last checkpoint")
            {
                IsSaidHere = Peers.Rank == 0,
            };
        }
    }

    /// <summary>What is shown where two processes differ.</summary>
    private readonly record struct Difference(ulong Weights, double Rate, double Batch)
    {
        internal const int Length = 4;

        // A checksum as two numbers of 32 bits, which a double holds.
        internal void Write(Span<double> numbers) =>
            ((ReadOnlySpan<double>)[Weights >> 32, Weights & uint.MaxValue, Rate, Batch]).CopyTo(numbers);

        internal static Difference Read(double[] all, int rank)
        {
            var numbers = all.AsSpan(rank * Length);
            return new Difference(((ulong)numbers[0] << 32) | (ulong)numbers[1], numbers[2], numbers[3]);
        }

        public override string ToString() => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"weights of checksum {Weights:x16}, learning rate {Rate:R} and batch {Batch}");
    }
}
