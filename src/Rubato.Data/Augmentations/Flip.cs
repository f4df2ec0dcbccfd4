using System.Collections.Immutable;

namespace Rubato.Data.Augmentations;

/// <summary>Mirrors an image left to right with probability 1/2.</summary>
internal sealed record Flip : Augmentation
{
    public override string ToString() => "flip";

    internal override void RequireFit(ImmutableArray<int> shape) => RequireImages(shape);

    internal override void Change(Span<float> batch, ImmutableArray<int> shape, int length, long seed, long step)
    {
        var random = new CounterRandom(seed, Streams.Flip, step);
        var width = shape[2];
        for (var image = 0; image < batch.Length; image += length)
        {
            // One draw a position, in order, makes the draw a function of the position.
            if ((random.NextBits() & 1) == 0)
            {
                continue;
            }

            for (var row = image; row < image + length; row += width)
            {
                batch.Slice(row, width).Reverse();
            }
        }
    }
}
