using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// The momentum of one cycle, against the rate: from <c>high</c> down to <c>low</c> while the rate rises, and back up while it falls; with
/// three phases it stays high in the third. Text: <c>one-cycle-momentum(0.85..0.95)</c>.
/// </summary>
/// <remarks>Smith 2018, "A disciplined approach to neural network hyper-parameters", arXiv 1803.09820, section 4.3.</remarks>
public sealed record OneCycleMomentum : Recipe
{
    /// <summary>The momentum of one cycle.</summary>
    /// <param name="baseMomentum">The value at the rate's peak; in [0, 1).</param>
    /// <param name="maxMomentum">The value at both ends; in [0, 1).</param>
    /// <param name="pctStart">The share of the length in which the rate rises; in [0, 1], and at most 0.5 with three phases.</param>
    /// <param name="phases">2 or 3.</param>
    /// <param name="anneal">The shape of every phase.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public OneCycleMomentum(
        double baseMomentum = 0.85,
        double maxMomentum = 0.95,
        double pctStart = 0.3,
        int phases = 2,
        Anneal anneal = Anneal.Cosine,
        Duration length = default)
        : base(Expand(
            Require.Fraction(baseMomentum), Require.Fraction(maxMomentum), OneCyclePhases.Share(pctStart, phases), phases, anneal, length))
    {
        BaseMomentum = baseMomentum;
        MaxMomentum = maxMomentum;
        PctStart = pctStart;
        Phases = phases;
        Anneal = anneal;
        Length = length;
    }

    /// <summary>The value at the rate's peak.</summary>
    public double BaseMomentum { get; }

    /// <summary>The value at both ends.</summary>
    public double MaxMomentum { get; }

    /// <summary>The share of the length in which the rate rises.</summary>
    public double PctStart { get; }

    /// <summary>2 or 3.</summary>
    public int Phases { get; }

    /// <summary>The shape of every phase.</summary>
    public Anneal Anneal { get; }

    /// <summary>How long it takes.</summary>
    public Duration Length { get; }

    private static Over Expand(double low, double high, double pct, int phases, Anneal anneal, Duration length) =>
        OneCyclePhases.Expand(high, low, high, pct, phases, anneal, length);
}
