namespace Rubato.Data.Datasets.Memory;

/// <summary>
/// The training split's statistics in the form in which they are applied: <c>x * Scale[c] + Shift[c]</c> for channel c, or, where there
/// is a mean image, <c>x - MeanImage[i]</c>.
/// </summary>
internal sealed class ImageNormalization
{
    private const int Block = 4096;

    private ImageNormalization(float[] scale, float[] shift, float[]? meanImage)
    {
        Scale = scale;
        Shift = shift;
        MeanImage = meanImage;
    }

    internal float[] Scale { get; }

    internal float[] Shift { get; }

    internal float[]? MeanImage { get; }

    /// <summary>
    /// Measures <paramref name="count"/> images of <paramref name="channels"/> planes of <paramref name="plane"/> bytes each.
    /// </summary>
    internal static ImageNormalization Of(Normalization kind, ReadOnlySpan<byte> pixels, int count, int channels, int plane) =>
        kind == Normalization.MeanImage ? Mean(pixels, count, channels * plane) : PerChannel(pixels, count, channels, plane);

    // (x / 255 - mean) / std = x * 1 / (255 std) - mean / std. A histogram makes the sums exact whatever the size.
    private static ImageNormalization PerChannel(ReadOnlySpan<byte> pixels, int count, int channels, int plane)
    {
        var scale = new float[channels];
        var shift = new float[channels];
        Span<long> histogram = stackalloc long[4 * 256];
        for (var channel = 0; channel < channels; channel++)
        {
            histogram.Clear();
            for (var image = 0; image < count; image++)
            {
                Count(pixels.Slice(((image * channels) + channel) * plane, plane), histogram);
            }

            for (var value = 0; value < 256; value++)
            {
                histogram[value] += histogram[256 + value] + histogram[512 + value] + histogram[768 + value];
            }

            var (mean, deviation) = Moments(histogram[..256], (double)count * plane);
            var divisor = deviation == 0 ? 1 : deviation;
            scale[channel] = (float)(1 / (255 * divisor));
            shift[channel] = (float)(-mean / divisor);
        }

        return new ImageNormalization(scale, shift, meanImage: null);
    }

    // Four tables in turn: in one, runs of equal pixels (most of a drawing) would wait for each other's increment, three times the time.
    private static void Count(ReadOnlySpan<byte> pixels, Span<long> histogram)
    {
        var i = 0;
        for (; i <= pixels.Length - 4; i += 4)
        {
            histogram[pixels[i]]++;
            histogram[256 + pixels[i + 1]]++;
            histogram[512 + pixels[i + 2]]++;
            histogram[768 + pixels[i + 3]]++;
        }

        for (; i < pixels.Length; i++)
        {
            histogram[pixels[i]]++;
        }
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<long> histogram, double total)
    {
        var mean = 0.0;
        for (var value = 0; value < histogram.Length; value++)
        {
            mean += histogram[value] * (value / 255.0);
        }

        mean /= total;
        var squares = 0.0;
        for (var value = 0; value < histogram.Length; value++)
        {
            squares += histogram[value] * ((value / 255.0) - mean) * ((value / 255.0) - mean);
        }

        // One value only: rounding of the mean must not pass for spread.
        var constant = histogram.IndexOf((long)total) >= 0;
        return (mean, constant ? 0 : Math.Sqrt(squares / total));
    }

    // Block by block, so that the sums need no array of the image's size.
    private static ImageNormalization Mean(ReadOnlySpan<byte> pixels, int count, int length)
    {
        var mean = new float[length];
        Span<long> sums = stackalloc long[Math.Min(Block, length)];
        for (var start = 0; start < length; start += Block)
        {
            var extent = Math.Min(Block, length - start);
            sums.Clear();
            for (var image = 0; image < count; image++)
            {
                var block = pixels.Slice((image * length) + start, extent);
                for (var i = 0; i < block.Length; i++)
                {
                    sums[i] += block[i];
                }
            }

            for (var i = 0; i < extent; i++)
            {
                mean[start + i] = (float)((double)sums[i] / count);
            }
        }

        return new ImageNormalization([], [], mean);
    }
}
