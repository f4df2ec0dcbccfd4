using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>Makes samples of what a program has already.</summary>
public static class Samples
{
    /// <summary>Samples of tensors in memory.</summary>
    /// <param name="inputs">
    /// (N, ...), such as images (N, C, H, W) or rows (N, features); they stay yours, and must outlive the samples.
    /// </param>
    /// <param name="targets">
    /// (N, ...), such as class numbers (N). Integers are read as 64-bit ones, since libtorch's losses take no others; truth values stay.
    /// </param>
    /// <returns>N samples.</returns>
    /// <exception cref="ArgumentException">A tensor has no rows, or they have different numbers of rows.</exception>
    public static ISamples<SupervisedBatch> Of(Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var count = RowsOf(inputs, nameof(inputs));
        return RowsOf(targets, nameof(targets)) == count
            ? new TensorSamples(inputs, targets, count)
            : throw new ArgumentException(
                $"There are {count} inputs, but {targets.shape[0]} targets; give one target for each input.", nameof(targets));
    }

    /// <summary>Samples of a function that reads them.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="count">How many samples; at least 1.</param>
    /// <param name="read">Reads the samples of these numbers, in their order; see <see cref="ISamples{TBatch}.Read"/>.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static ISamples<TBatch> Of<TBatch>(int count, Func<int[], TBatch> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new ReadSamples<TBatch>(count, read);
    }

    private static int RowsOf(Tensor tensor, string name) => tensor.dim() > 0 && tensor.shape[0] is > 0 and <= int.MaxValue
        ? (int)tensor.shape[0]
        : throw new ArgumentException(
            $"The tensor has the shape ({string.Join(", ", tensor.shape)}); its first dimension must count at least one sample.", name);

    private sealed class TensorSamples(Tensor inputs, Tensor targets, int count) : ISamples<SupervisedBatch>
    {
        public int Count => count;

        public SupervisedBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw)
        {
            var rows = empty([indices.Length], ScalarType.Int64);
            var numbers = MemoryOrder.AsSpan<long>(rows);
            for (var i = 0; i < indices.Length; i++)
            {
                numbers[i] = indices[i];
            }

            return new SupervisedBatch(
                inputs.index_select(0, rows.to(inputs.device)), Widened(targets.index_select(0, rows.to(targets.device))));
        }

        private static Tensor Widened(Tensor targets) =>
            targets.is_integral() && targets.dtype != ScalarType.Bool ? targets.to(ScalarType.Int64) : targets;
    }

    private sealed class ReadSamples<TBatch>(int count, Func<int[], TBatch> read) : ISamples<TBatch>
    {
        public int Count => count;

        public TBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw) => read(indices.ToArray());
    }
}
