using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Constant, then a cosine down to the end: <c>from</c> for <c>flat</c>, then half a cosine wave to <c>to</c>. Text:
/// <c>flat-cosine(0.1 -> 0, flat 0.75dur)</c>.
/// </summary>
/// <remarks><c>fit_flat_cos</c> of fastai, whose flat share is 0.75.</remarks>
public sealed record FlatThenAnneal : Recipe
{
    /// <summary>Constant, then a cosine.</summary>
    /// <param name="from">The first value; finite.</param>
    /// <param name="to">The last value; finite.</param>
    /// <param name="flat">How long it is constant; not the rest.</param>
    /// <param name="length">How long the cosine is; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public FlatThenAnneal(double from, double to, Duration flat, Duration length = default)
        : base(new Constant(Require.Finite(from), Duration.Counted(flat)).Then(new Cosine(from, to, length)))
    {
        From = from;
        To = to;
        Flat = flat;
        Length = length;
    }

    /// <summary>The first value.</summary>
    public double From { get; }

    /// <summary>The last value.</summary>
    public double To { get; }

    /// <summary>How long it is constant.</summary>
    public Duration Flat { get; }

    /// <summary>How long the cosine is.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        Room.Require(place, needsSome: false, new NamedPart("its flat part", Flat), new NamedPart("its cosine", Length));
        return base.Resolve(place);
    }
}
