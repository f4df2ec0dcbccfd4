namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// Splits a table and normalises it: <c>(x - mean_j) / std_j</c> with mean and population standard deviation of feature j over the
/// training rows; a feature that is constant there is divided by 1.
/// </summary>
/// <remarks>
/// In double precision up to the quotient, because a feature such as a time in seconds since 1970 has lost its small differences once it
/// is a float.
/// </remarks>
internal static class TableNormalization
{
    // Features at once: their statistics lie on the stack, and a row's share of a block fills cache lines.
    private const int Block = 32;

    internal static (float[] Train, float[] Test) Split(ReadOnlySpan<double> values, int features, bool[] heldOut)
    {
        var testRows = heldOut.Count(held => held);
        var train = new float[(heldOut.Length - testRows) * features];
        var test = new float[testRows * features];
        Span<double> means = stackalloc double[Block];
        Span<double> deviations = stackalloc double[Block];
        for (var start = 0; start < features; start += Block)
        {
            var extent = Math.Min(Block, features - start);
            Measure(values, features, heldOut, start, means[..extent], deviations[..extent]);
            var (trainRow, testRow) = (0, 0);
            for (var row = 0; row < heldOut.Length; row++)
            {
                var source = values.Slice((row * features) + start, extent);
                var target = heldOut[row]
                    ? test.AsSpan((testRow++ * features) + start, extent)
                    : train.AsSpan((trainRow++ * features) + start, extent);
                for (var j = 0; j < extent; j++)
                {
                    target[j] = (float)((source[j] - means[j]) / deviations[j]);
                }
            }
        }

        return (train, test);
    }

    // Two passes: the textbook sum of squares loses all digits where the mean is large against the spread.
    private static void Measure(
        ReadOnlySpan<double> values, int features, bool[] heldOut, int start, Span<double> means, Span<double> deviations)
    {
        Span<double> lowest = stackalloc double[Block];
        Span<double> highest = stackalloc double[Block];
        lowest.Fill(double.PositiveInfinity);
        highest.Fill(double.NegativeInfinity);
        means.Clear();
        deviations.Clear();
        var count = 0;
        for (var row = 0; row < heldOut.Length; row++)
        {
            if (heldOut[row])
            {
                continue;
            }

            count++;
            for (var j = 0; j < means.Length; j++)
            {
                var value = values[(row * features) + start + j];
                means[j] += value;
                lowest[j] = Math.Min(lowest[j], value);
                highest[j] = Math.Max(highest[j], value);
            }
        }

        for (var j = 0; j < means.Length; j++)
        {
            means[j] = lowest[j] == highest[j] ? lowest[j] : means[j] / count;
        }

        for (var row = 0; row < heldOut.Length; row++)
        {
            if (heldOut[row])
            {
                continue;
            }

            for (var j = 0; j < means.Length; j++)
            {
                var difference = values[(row * features) + start + j] - means[j];
                deviations[j] += difference * difference;
            }
        }

        for (var j = 0; j < deviations.Length; j++)
        {
            deviations[j] = deviations[j] == 0 ? 1 : Math.Sqrt(deviations[j] / count);
        }
    }
}
