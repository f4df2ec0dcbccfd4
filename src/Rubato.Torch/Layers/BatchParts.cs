namespace Rubato.Torch.Layers;

/// <summary>
/// How a batch is taken apart: into parts of one size, the last of which may be smaller. A last part of a single sample would have no
/// variance, so that sample joins the part before it.
/// </summary>
/// <remarks>
/// If a batch is cut into parts of a multiple of a size, and those into parts of that size, the result is the same as cutting at once.
/// Immutable.
/// </remarks>
internal readonly record struct BatchParts
{
    private readonly int _size;

    /// <summary>The parts of a batch.</summary>
    /// <param name="samples">The batch; at least 1.</param>
    /// <param name="size">The size of a part; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BatchParts(int samples, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Samples, _size) = (samples, size);
        var left = samples % size;
        Count = Math.Max(1, (samples / size) + (left > 1 ? 1 : 0));
    }

    /// <summary>The samples of the batch.</summary>
    public int Samples { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Where a part lies.</summary>
    /// <param name="part">Its number, from 0.</param>
    public Range this[int part] => (part * _size)..(part == Count - 1 ? Samples : (part + 1) * _size);

    /// <summary>How many samples a part has.</summary>
    /// <param name="part">Its number, from 0.</param>
    /// <returns>At least 1.</returns>
    public int LengthOf(int part) => part == Count - 1 ? Samples - (part * _size) : _size;
}
