using System.Collections.Immutable;

namespace Rubato.Data.Augmentations;

/// <summary>Leaves every image as it is.</summary>
internal sealed record NoAugmentation : Augmentation
{
    public override string ToString() => "none";

    internal override void RequireFit(ImmutableArray<int> shape)
    {
        // Anything may be left as it is.
    }

    internal override void Change(Span<float> batch, ImmutableArray<int> shape, int length, long seed, long step)
    {
        // Nothing to do, by definition.
    }
}
