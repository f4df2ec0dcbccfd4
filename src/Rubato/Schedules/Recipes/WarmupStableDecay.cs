using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Warm-up, stable, decay: straight up from 0 to <c>peak</c>, constant, then down to <c>final</c> at the end of the budget. Text:
/// <c>wsd(0.1, warmup 2ep, decay 0.2dur)</c>, <c>wsd(0.1, warmup 2ep, decay 0.2dur, shape linear, final 1e-4)</c>.
/// </summary>
/// <remarks>
/// Hu et al. 2024, "MiniCPM", arXiv 2404.06395, section 4; the decay <c>1 - sqrt</c> of Hagele et al. 2024, arXiv 2405.18392, section 4, is
/// used where nothing is said.
/// </remarks>
public sealed record WarmupStableDecay : Recipe
{
    /// <summary>Warm-up, stable, decay.</summary>
    /// <param name="peak">The value between warm-up and decay; finite.</param>
    /// <param name="warmup">How long the warm-up is; not the rest.</param>
    /// <param name="decay">How long the decay is; not the rest.</param>
    /// <param name="shape">The shape of the decay.</param>
    /// <param name="final">The last value; finite.</param>
    /// <param name="stable">How long the rate is constant; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public WarmupStableDecay(
        double peak, Duration warmup, Duration decay, DecayShape shape = DecayShape.SquareRoot, double final = 0, Duration stable = default)
        : base(new Linear(0, Require.Finite(peak), Duration.Counted(warmup))
            .Then(new Constant(peak, stable))
            .Then(Fall(peak, Require.Finite(final), Duration.Counted(decay), shape)))
    {
        Peak = peak;
        Warmup = warmup;
        Decay = decay;
        Shape = shape;
        Final = final;
        Stable = stable;
    }

    /// <summary>The value between warm-up and decay.</summary>
    public double Peak { get; }

    /// <summary>How long the warm-up is.</summary>
    public Duration Warmup { get; }

    /// <summary>How long the decay is.</summary>
    public Duration Decay { get; }

    /// <summary>The shape of the decay.</summary>
    public DecayShape Shape { get; }

    /// <summary>The last value.</summary>
    public double Final { get; }

    /// <summary>How long the rate is constant.</summary>
    public Duration Stable { get; }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        Room.Require(
            place,
            needsSome: false,
            new NamedPart("its warm-up", Warmup),
            new NamedPart("its stable part", Stable),
            new NamedPart("its decay", Decay));
        return base.Resolve(place);
    }

    private static Schedule Fall(double from, double to, Duration length, DecayShape shape) => shape switch
    {
        DecayShape.SquareRoot => new SquareRoot(from, to, length),
        DecayShape.Linear => new Linear(from, to, length),
        DecayShape.Cosine => new Cosine(from, to, length),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "shape must be SquareRoot, Linear or Cosine."),
    };
}

/// <summary>The shape of the decay of <see cref="WarmupStableDecay"/>.</summary>
public enum DecayShape
{
    /// <summary><c>sqrt</c>: 1 minus the square root of time.</summary>
    [JsonStringEnumMemberName("sqrt")]
    SquareRoot,

    /// <summary><c>linear</c>: a straight line.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary><c>cosine</c>: half a cosine wave.</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}
