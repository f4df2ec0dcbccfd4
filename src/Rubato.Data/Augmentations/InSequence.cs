using System.Collections.Immutable;

namespace Rubato.Data.Augmentations;

/// <summary>One augmentation, then another.</summary>
internal sealed record InSequence(Augmentation First, Augmentation Second) : Augmentation
{
    public override string ToString() => $"{First}, {Second}";

    internal override void RequireFit(ImmutableArray<int> shape)
    {
        First.RequireFit(shape);
        Second.RequireFit(shape);
    }

    internal override void Change(Span<float> batch, ImmutableArray<int> shape, int length, long seed, long step)
    {
        First.Change(batch, shape, length, seed, step);
        Second.Change(batch, shape, length, seed, step);
    }
}
