using System.Collections.Immutable;

namespace Rubato.Data.Augmentations;

/// <summary>Random changes to a batch of training images, made in place after normalisation.</summary>
/// <remarks>
/// What happens to an image is a function of (seed, step, its position in the batch) alone. A closed family: <c>none</c>,
/// <c>crop(PIXELS)</c>, <c>flip</c> and their sequence. <see cref="object.ToString"/> gives the text that <see cref="Parse"/> reads.
/// Equality is by value. Immutable and safe for use by several threads.
/// </remarks>
public abstract record Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>Leaves every image as it is: <c>none</c>.</summary>
    public static Augmentation None { get; } = new NoAugmentation();

    /// <summary>
    /// Reads <c>none</c>, <c>crop(4)</c>, <c>flip</c> or a list such as <c>crop(4), flip</c>, applied from left to right.
    /// </summary>
    /// <param name="text">The augmentation as it is written.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="InvalidInputException">The text says something else; all findings at once.</exception>
    public static Augmentation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AugmentationText.Parse(text);
    }

    /// <summary>Changes the images of a batch.</summary>
    /// <param name="batch">The images, one after the other, each row-major of <paramref name="shape"/>.</param>
    /// <param name="shape">Extents of one example: <c>[channels, height, width]</c>.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The update that the batch is for.</param>
    /// <exception cref="InvalidInputException">The examples are no images, or the crop's padding is not smaller than the image.</exception>
    /// <exception cref="ArgumentException"><paramref name="batch"/> is not a whole number of examples.</exception>
    public void Apply(Span<float> batch, ImmutableArray<int> shape, long seed, long step)
    {
        var length = 1;
        foreach (var extent in shape)
        {
            length *= extent;
        }

        if (batch.Length % length != 0)
        {
            throw new ArgumentException(
                $"The batch holds {batch.Length} values, which is no multiple of an example's {length}.", nameof(batch));
        }

        RequireFit(shape);
        Change(batch, shape, length, seed, step);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    /// <returns>E.g. <c>crop(4), flip</c>.</returns>
    public abstract override string ToString();

    internal abstract void RequireFit(ImmutableArray<int> shape);

    internal abstract void Change(Span<float> batch, ImmutableArray<int> shape, int length, long seed, long step);

    private protected void RequireImages(ImmutableArray<int> shape)
    {
        if (shape.Length != 3)
        {
            throw new InvalidInputException(new Finding(
                AugmentationText.Subject,
                this,
                $"which is for images, but an example of this data set is a row of {shape[0]} features",
                "use none"));
        }
    }
}
