using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Half a cosine wave: <c>to + (from - to) (1 + cos(pi t / length)) / 2</c> for <c>t &lt; length</c>, <c>to</c> from there on. Text:
/// <c>cosine(0.1 -> 0, 30ep)</c>.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter 2017, "SGDR", arXiv 1608.03983, equation 5, without restarts. It does not rise again beyond its end, as PyTorch's
/// <c>CosineAnnealingLR</c> does.
/// </remarks>
public sealed record Cosine : Transition
{
    /// <summary>Half a cosine wave.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at the end and beyond; finite.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Cosine(double from, double to, Duration length = default)
        : base(Require.Finite(from), Require.Finite(to), length)
    {
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position) => position >= Span ? To : Blend.Of(From, To, CosineKernel.Of(position / Span));

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        var inside = positions[..Ascending.CountBelow(positions, Span)];
        foreach (ref var position in inside)
        {
            position /= Span;
        }

        CosineKernel.All(inside);
        foreach (ref var value in inside)
        {
            value = Blend.Of(From, To, value);
        }

        positions[inside.Length..].Fill(To);
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Cosine(From, To, place.Converted(Length));
}
