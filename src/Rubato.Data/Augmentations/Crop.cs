using System.Collections.Immutable;

namespace Rubato.Data.Augmentations;

/// <summary>
/// Pads an image by <paramref name="Padding"/> on each side with zeros, that is, with the mean, and cuts out a window of the original
/// size whose place is uniform among the (2 Padding + 1)^2 possible (He et al. 2016, "Deep residual learning", section 4.2).
/// </summary>
/// <param name="Padding">Pixels on each side; at least 1 and less than the image's height and width.</param>
internal sealed record Crop(int Padding) : Augmentation
{
    public override string ToString() => $"crop({Padding})";

    internal override void RequireFit(ImmutableArray<int> shape)
    {
        RequireImages(shape);
        if (Padding >= Math.Min(shape[1], shape[2]))
        {
            throw new InvalidInputException(new Finding(
                AugmentationText.Subject,
                this,
                $"but images of {shape[1]} x {shape[2]} cannot be padded by {Padding}; the padding must be smaller than the image"));
        }
    }

    internal override void Change(Span<float> batch, ImmutableArray<int> shape, int length, long seed, long step)
    {
        var random = new CounterRandom(seed, Streams.Crop, step);
        var plane = shape[1] * shape[2];
        for (var image = 0; image < batch.Length; image += length)
        {
            // Both offsets out of one draw: 32 bits each, scaled by multiplication; the bias is below 2^-27 for any sensible padding.
            var bits = random.NextBits();
            var down = Offset((uint)(bits >> 32));
            var right = Offset((uint)(bits & uint.MaxValue));
            for (var channel = image; channel < image + length; channel += plane)
            {
                Shift(batch.Slice(channel, plane), shape[1], shape[2], down, right);
            }
        }
    }

    /// <summary>In place: <c>new[y, x] = old[y + down, x + right]</c>, and 0 where that lies outside.</summary>
    internal static void Shift(Span<float> plane, int height, int width, int down, int right)
    {
        // Rows are taken in the order in which none is overwritten before it is read; CopyTo minds overlap within a row.
        for (var i = 0; i < height; i++)
        {
            var y = down >= 0 ? i : height - 1 - i;
            var target = plane.Slice(y * width, width);
            if (y + down < 0 || y + down >= height)
            {
                target.Clear();
                continue;
            }

            var source = plane.Slice((y + down) * width, width);
            if (right >= 0)
            {
                source[right..].CopyTo(target);
                target[(width - right)..].Clear();
            }
            else
            {
                source[..(width + right)].CopyTo(target[-right..]);
                target[..-right].Clear();
            }
        }
    }

    private int Offset(uint bits) => (int)(((ulong)bits * (uint)((2 * Padding) + 1)) >> 32) - Padding;
}
