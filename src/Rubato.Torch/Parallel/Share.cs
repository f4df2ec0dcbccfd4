namespace Rubato.Torch.Parallel;

/// <summary>Which samples of a global batch a process computes: a slice of it, empty if there are fewer samples than processes.</summary>
/// <param name="Start">The first sample's place in the batch; at least 0.</param>
/// <param name="Count">How many; at least 0.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct Share(int Start, int Count)
{
    /// <summary>Whether the process has nothing to compute.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The slice.</summary>
    public Range Range => Start..(Start + Count);

    /// <summary>
    /// The share of a process. All shares together are the batch, in the order of the ranks; they differ by at most one unit, and by what
    /// is left of the batch beyond whole units, which goes with the last share.
    /// </summary>
    /// <param name="batch">The samples of the global batch; at least 1.</param>
    /// <param name="rank">The process; from 0.</param>
    /// <param name="size">How many processes there are; above <paramref name="rank"/>.</param>
    /// <param name="unit">
    /// Samples that stay together, such as a ghost batch; at least 1. A batch of fewer units than processes leaves the last ones empty.
    /// </param>
    /// <param name="least">The fewest samples of a share that is not empty; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Share Of(int batch, int rank, int size, int unit = 1, int least = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, rank);
        ArgumentOutOfRangeException.ThrowIfLessThan(unit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        var sharing = Sharing(batch, size, unit, least);
        if (rank >= sharing)
        {
            return new Share(batch, 0);
        }

        var (each, more) = Math.DivRem(batch / unit, sharing);
        var start = unit * ((rank * each) + Math.Min(rank, more));
        var end = rank == sharing - 1 ? batch : start + (unit * (each + (rank < more ? 1 : 0)));
        return new Share(start, end - start);
    }

    /// <summary>How many processes have a share of a batch that is not empty; the first ones have it.</summary>
    /// <param name="batch">The samples of the global batch; at least 1.</param>
    /// <param name="size">How many processes there are; at least 1.</param>
    /// <param name="unit">Samples that stay together; at least 1.</param>
    /// <param name="least">The fewest samples of a share that is not empty; at least 1.</param>
    /// <returns>At least 1.</returns>
    public static int Sharing(int batch, int size, int unit = 1, int least = 1) =>
        Math.Min(size, Math.Max(1, batch / Math.Max(unit, least)));
}
