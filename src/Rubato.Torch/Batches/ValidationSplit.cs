namespace Rubato.Torch;

/// <summary>Holds samples out of the training set for validation.</summary>
internal static class ValidationSplit
{
    private const long Stream = 0x76616C6964; // "valid"

    /// <summary>Takes samples apart.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="samples">The training samples.</param>
    /// <param name="share">The share for validation; null for none.</param>
    /// <param name="seed">Decides which samples; the same seed takes the same.</param>
    /// <returns>
    /// Both parts, each in the order of the samples; all samples and null if nothing is asked for, or one part would have no sample.
    /// </returns>
    internal static (ISamples<TBatch> Train, ISamples<TBatch>? Validation) Of<TBatch>(ISamples<TBatch> samples, double? share, long seed)
    {
        if (share is not (> 0 and < 1))
        {
            return (samples, null);
        }

        var held = Draw((samples as ITargetClasses)?.Classes() ?? new long[samples.Count], share.Value, seed);
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        int[] train = [.. all.Where(index => !held[index])];
        return train.Length == 0 || train.Length == samples.Count
            ? (samples, null)
            : (samples.Choose(train), samples.Choose([.. all.Where(index => held[index])]));
    }

    /// <summary>
    /// Of the n samples of a class <c>round(share n)</c>, halves rounded up, but at least 1 and at most n - 1, drawn from the stream (seed,
    /// valid, class); none of a class of one sample.
    /// </summary>
    /// <param name="classes">The class number of each sample.</param>
    /// <param name="share">In (0, 1).</param>
    /// <param name="seed">Decides which samples.</param>
    /// <returns>Whether a sample is held out.</returns>
    internal static bool[] Draw(long[] classes, double share, long seed)
    {
        var held = new bool[classes.Length];
        foreach (var members in Enumerable.Range(0, classes.Length).GroupBy(index => classes[index]))
        {
            int[] order = [.. members];
            if (order.Length < 2)
            {
                continue;
            }

            var random = new CounterRandom(seed, Stream, members.Key);
            random.Shuffle<int>(order);
            var count = Math.Clamp((int)Math.Floor((share * order.Length) + 0.5), 1, order.Length - 1);
            foreach (var index in order.AsSpan(0, count))
            {
                held[index] = true;
            }
        }

        return held;
    }
}
