using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>Makes samples of tensors in memory, or of a function that reads them.</summary>
public static class Samples
{
    private const long SplitStream = 0x73706C6974; // "split"

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

    /// <summary>Samples of a data set of TorchSharp's.</summary>
    /// <typeparam name="TSample">What the data set holds.</typeparam>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="dataset">The data set; it stays yours, and must outlive the samples.</param>
    /// <param name="collate">Makes a batch of some of its samples, in their order.</param>
    /// <returns>As many samples as the data set has.</returns>
    /// <exception cref="ArgumentException">The data set is empty, or has more samples than a 32-bit number can count.</exception>
    public static ISamples<TBatch> Of<TSample, TBatch>(
        utils.data.Dataset<TSample> dataset, Func<IReadOnlyList<TSample>, TBatch> collate)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(collate);
        return dataset.Count is > 0 and <= int.MaxValue
            ? Of((int)dataset.Count, indices => collate(Array.ConvertAll(indices, index => dataset.GetTensor(index))))
            : throw new ArgumentException(
                $"The data set has {dataset.Count} samples; it must have at least one, and at most {int.MaxValue}.", nameof(dataset));
    }

    /// <summary>
    /// Samples of the data set of a loader, in batches as the loader makes them. Order, batch size and workers of the loader are not used:
    /// a loader has no way to a batch of a given size and place, which a run needs.
    /// </summary>
    /// <typeparam name="TSample">What the data set holds.</typeparam>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="loader">The loader; it stays yours, and must outlive the samples.</param>
    /// <returns>As many samples as its data set has.</returns>
    /// <exception cref="ArgumentException">The data set is empty, or has more samples than a 32-bit number can count.</exception>
    public static ISamples<TBatch> Of<TSample, TBatch>(DataLoader<TSample, TBatch> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        return Of(loader.dataset, samples => loader.collate_fn(samples, loader.Device));
    }

    /// <summary>The same samples, in batches of another type, such as a <see cref="SupervisedBatch"/> of a dictionary of tensors.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    /// <param name="samples">The samples.</param>
    /// <param name="select">Makes the other batch, row by row the same samples.</param>
    /// <returns>As many samples.</returns>
    public static ISamples<TResult> Select<TBatch, TResult>(this ISamples<TBatch> samples, Func<TBatch, TResult> select)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(select);
        return new SelectedSamples<TBatch, TResult>(samples, select);
    }

    /// <summary>Some of the samples, in their order, such as <c>samples.Slice(..3_000)</c>.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="samples">The samples.</param>
    /// <param name="range">Which of them; at least one.</param>
    /// <returns>The samples of the range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or goes beyond the samples.</exception>
    public static ISamples<TBatch> Slice<TBatch>(this ISamples<TBatch> samples, Range range)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (start, count) = range.GetOffsetAndLength(samples.Count);
        return count > 0
            ? new ChosenSamples<TBatch>(samples, [.. Enumerable.Range(start, count)])
            : throw new ArgumentOutOfRangeException(
                nameof(range), range, $"The range holds none of the {samples.Count} samples; it must hold at least one.");
    }

    /// <summary>
    /// Takes samples apart at random: some to train on, and some to be held out. The same seed takes them apart alike, in any process.
    /// </summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="samples">The samples.</param>
    /// <param name="heldOut">The share that is held out, in (0, 1), such as 0.2; it is rounded to whole samples.</param>
    /// <param name="seed">Decides which samples are held out.</param>
    /// <returns>Both parts; together they hold each sample once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of its range, or leaves one part without a sample.</exception>
    public static (ISamples<TBatch> Train, ISamples<TBatch> HeldOut) Split<TBatch>(
        this ISamples<TBatch> samples, double heldOut, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var held = heldOut is > 0 and < 1 ? (int)Math.Round(heldOut * samples.Count, MidpointRounding.AwayFromZero) : 0;
        if (held < 1 || held == samples.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(heldOut),
                heldOut,
                $"It must be above 0 and below 1, and leave each part at least one of the {samples.Count} samples; for instance 0.2.");
        }

        int[] order = [.. Enumerable.Range(0, samples.Count)];
        var random = new CounterRandom(seed, SplitStream, step: 0);
        random.Shuffle<int>(order);
        return (new ChosenSamples<TBatch>(samples, order[held..]), new ChosenSamples<TBatch>(samples, order[..held]));
    }

    /// <summary>The samples of some numbers, in that order.</summary>
    internal static ISamples<TBatch> Choose<TBatch>(this ISamples<TBatch> samples, int[] chosen) =>
        new ChosenSamples<TBatch>(samples, chosen);

    private static int RowsOf(Tensor tensor, string name) => tensor.dim() > 0 && tensor.shape[0] is > 0 and <= int.MaxValue
        ? (int)tensor.shape[0]
        : throw new ArgumentException(
            $"The tensor has the shape ({string.Join(", ", tensor.shape)}); its first dimension must count at least one sample.", name);

    private sealed class TensorSamples(Tensor inputs, Tensor targets, int count)
        : ISamples<SupervisedBatch>, ITargetExtremes, ITargetClasses
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

        public int[] Extremes(int[]? rows)
        {
            if (!AreClasses)
            {
                return [];
            }

            using var scope = NewDisposeScope();
            var chosen = rows is null ? targets : targets.index_select(0, tensor(rows, ScalarType.Int64).to(targets.device));
            return [(int)chosen.argmin().item<long>(), (int)chosen.argmax().item<long>()];
        }

        public long[]? Classes()
        {
            using var scope = NewDisposeScope();
            return AreClasses ? MemoryOrder.ToArray<long>(targets.to(ScalarType.Int64, CPU)) : null;
        }

        private bool AreClasses => targets.is_integral() && targets.dtype != ScalarType.Bool && targets.dim() == 1;

        private static Tensor Widened(Tensor targets) =>
            targets.is_integral() && targets.dtype != ScalarType.Bool ? targets.to(ScalarType.Int64) : targets;
    }

    private sealed class ChosenSamples<TBatch>(ISamples<TBatch> samples, int[] chosen) : ISamples<TBatch>, ITargetExtremes, ITargetClasses
    {
        public int Count => chosen.Length;

        public TBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw)
        {
            var numbers = new int[indices.Length];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = chosen[indices[i]];
            }

            return samples.Read(numbers, draw);
        }

        public long[]? Classes() => (samples as ITargetClasses)?.Classes() is { } all
            ? Array.ConvertAll(chosen, index => all[index])
            : null;

        public int[] Extremes(int[]? rows) => samples is ITargetExtremes known
            ? known.Extremes(rows is null ? chosen : Array.ConvertAll(rows, row => chosen[row]))
            : [];
    }

    private sealed class SelectedSamples<TBatch, TResult>(ISamples<TBatch> samples, Func<TBatch, TResult> select) : ISamples<TResult>
    {
        public int Count => samples.Count;

        public TResult Read(ReadOnlySpan<int> indices, in SampleDraw draw) => select(samples.Read(indices, draw));
    }

    private sealed class ReadSamples<TBatch>(int count, Func<int[], TBatch> read) : ISamples<TBatch>
    {
        public int Count => count;

        public TBatch Read(ReadOnlySpan<int> indices, in SampleDraw draw) => read(indices.ToArray());
    }
}
