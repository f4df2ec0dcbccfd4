namespace Rubato.Torch;

/// <summary>
/// Which examples make up the batch at a position. Each epoch is one random order of all examples, a pure function of (seed, epoch);
/// the batch size is asked for with each request, so that it may change at any time and resuming needs no replay.
/// </summary>
/// <remarks>
/// Keeps the order of the latest epoch, and room for the largest batch so far that ran on over the end of one. Not safe for use by several
/// threads.
/// </remarks>
public sealed class BatchOrder
{
    private const long Stream = 0x6F72646572; // "order"

    private readonly long _seed;
    private readonly int[] _order;
    private int[] _joined = [];
    private long _epoch = -1;

    /// <summary>Orders <paramref name="count"/> examples.</summary>
    /// <param name="count">Examples in the training split; at least 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public BatchOrder(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _seed = seed;
        _order = new int[count];
    }

    /// <summary>The batch that starts at an absolute position.</summary>
    /// <param name="samplesSeen">Samples consumed before it in the whole run; at least 0.</param>
    /// <param name="batchSize">How many; at least 1.</param>
    /// <returns>
    /// Exactly <paramref name="batchSize"/> entries of the epochs' orders one after another, from <paramref name="samplesSeen"/> on: at the
    /// end of an epoch the batch runs on into the next one, and as many times as it needs. Valid until the next call.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ReadOnlySpan<int> Next(long samplesSeen, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samplesSeen);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var rest = RestOfEpoch(samplesSeen);
        return batchSize <= rest.Length ? rest[..batchSize] : Joined(samplesSeen, batchSize);
    }

    /// <summary>The order of one epoch: a uniformly random permutation, by Fisher-Yates over the stream (seed, order, epoch).</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="destination">Receives each of 0 to its length less 1 once.</param>
    internal static void Permutation(long seed, long epoch, Span<int> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = i;
        }

        var random = new CounterRandom(seed, Stream, epoch);
        random.Shuffle(destination);
    }

    private ReadOnlySpan<int> RestOfEpoch(long samplesSeen)
    {
        var (epoch, offset) = Math.DivRem(samplesSeen, (long)_order.Length);
        if (epoch != _epoch)
        {
            Permutation(_seed, epoch, _order);
            _epoch = epoch;
        }

        return _order.AsSpan((int)offset);
    }

    private ReadOnlySpan<int> Joined(long samplesSeen, int batchSize)
    {
        if (_joined.Length < batchSize)
        {
            // Doubled, so that a batch that grows with every update does not make a new array with every epoch.
            _joined = new int[Math.Max(batchSize, (int)Math.Min(2L * _joined.Length, Array.MaxLength))];
        }

        var batch = _joined.AsSpan(0, batchSize);
        for (var filled = 0; filled < batchSize;)
        {
            var rest = RestOfEpoch(samplesSeen + filled);
            var part = rest[..Math.Min(rest.Length, batchSize - filled)];
            part.CopyTo(batch[filled..]);
            filled += part.Length;
        }

        return batch;
    }
}
