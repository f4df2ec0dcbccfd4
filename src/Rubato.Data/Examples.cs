using System.Collections.Immutable;

namespace Rubato.Data;

/// <summary>
/// One split of a data set, in memory: <see cref="Count"/> examples of one <see cref="Shape"/>, each with a class. What is read is
/// normalised; what is kept is as small as the source (image bytes stay bytes).
/// </summary>
/// <remarks>Immutable and safe for use by several threads. Reading allocates nothing.</remarks>
public abstract class Examples
{
    private protected Examples(int count, int classes, ImmutableArray<int> shape)
    {
        Count = count;
        Classes = classes;
        Shape = shape;
        ExampleLength = 1;
        foreach (var extent in shape)
        {
            ExampleLength *= extent;
        }
    }

    /// <summary>The number of examples, at least 1.</summary>
    public int Count { get; }

    /// <summary>The number of classes of the data set; labels are 0 to this less 1, and a class may have no example here.</summary>
    public int Classes { get; }

    /// <summary>One example's extents: <c>[channels, height, width]</c> of an image or <c>[features]</c> of a table's row.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Numbers in one example: the product of <see cref="Shape"/>.</summary>
    public int ExampleLength { get; }

    /// <summary>Whether an example is an image, that is, <see cref="Shape"/> is <c>[channels, height, width]</c>.</summary>
    public bool IsImage => Shape.Length == 3;

    /// <summary>The class of one example.</summary>
    /// <param name="index">The example, 0 to <see cref="Count"/> less 1.</param>
    /// <returns>0 to <see cref="Classes"/> less 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside the split.</exception>
    public int LabelOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Label(index);
    }

    /// <summary>Reads the classes of a batch.</summary>
    /// <param name="indices">The examples; each 0 to <see cref="Count"/> less 1, repetitions allowed.</param>
    /// <param name="destination">Receives one class an example, in the order of <paramref name="indices"/>; of the same length.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the split.</exception>
    public void ReadLabels(ReadOnlySpan<int> indices, Span<long> destination)
    {
        RequireLength(indices.Length, destination.Length, nameof(destination));
        for (var i = 0; i < indices.Length; i++)
        {
            destination[i] = LabelOf(indices[i]);
        }
    }

    /// <summary>Reads the normalised values of a batch.</summary>
    /// <param name="indices">The examples; each 0 to <see cref="Count"/> less 1, repetitions allowed.</param>
    /// <param name="destination">
    /// Receives <c>indices.Length * ExampleLength</c> values, example by example, each row-major in the order of <see cref="Shape"/>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the split; what was read before it stays written.</exception>
    public void Read(ReadOnlySpan<int> indices, Span<float> destination)
    {
        RequireLength((long)indices.Length * ExampleLength, destination.Length, nameof(destination));
        for (var i = 0; i < indices.Length; i++)
        {
            var index = indices[i];
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"An index must be at least 0 and below {Count}.");
            }

            ReadOne(index, destination.Slice(i * ExampleLength, ExampleLength));
        }
    }

    private protected abstract int Label(int index);

    private protected abstract void ReadOne(int index, Span<float> destination);

    private static void RequireLength(long expected, int found, string name)
    {
        if (found != expected)
        {
            throw new ArgumentException($"The destination holds {found} values; this batch needs exactly {expected}.", name);
        }
    }
}
