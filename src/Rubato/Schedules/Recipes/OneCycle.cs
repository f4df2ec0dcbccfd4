using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// One cycle over its length: from <c>max / div</c> up to <c>max</c> in the share <c>pct</c>, then down to <c>max / (div finalDiv)</c>;
/// with three phases down to <c>max / div</c> in another share <c>pct</c>, and further down in what is left. Text: <c>one-cycle(0.1)</c>,
/// <c>one-cycle(0.1, pct 0.45, phases 3, anneal linear)</c>.
/// </summary>
/// <remarks>
/// Smith and Topin 2017, "Super-Convergence", arXiv 1708.07120, has the three phases, with straight lines; the two phases with cosines, and
/// the numbers given here where nothing is said, are fastai's, as in PyTorch's <c>OneCycleLR</c>. PyTorch counts its cycle from the first
/// update to the start of the last, so that its peak is at <c>pct total_steps - 1</c>; here the cycle covers the whole length.
/// </remarks>
public sealed record OneCycle : Recipe
{
    /// <summary>One cycle.</summary>
    /// <param name="maxLr">The peak; finite, above 0.</param>
    /// <param name="pctStart">The share of the length that rises; in [0, 1], and at most 0.5 with three phases.</param>
    /// <param name="divFactor">The first value is <c>max / div</c>; finite, above 0.</param>
    /// <param name="finalDivFactor">The last value is the first divided by this; finite, above 0.</param>
    /// <param name="phases">2 or 3.</param>
    /// <param name="anneal">The shape of every phase.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public OneCycle(
        double maxLr,
        double pctStart = 0.3,
        double divFactor = 25,
        double finalDivFactor = 1e4,
        int phases = 2,
        Anneal anneal = Anneal.Cosine,
        Duration length = default)
        : base(Expand(
            Require.Positive(maxLr),
            OneCyclePhases.Share(pctStart, phases),
            Require.Positive(divFactor),
            Require.Positive(finalDivFactor),
            phases,
            anneal,
            length))
    {
        MaxLr = maxLr;
        PctStart = pctStart;
        DivFactor = divFactor;
        FinalDivFactor = finalDivFactor;
        Phases = phases;
        Anneal = anneal;
        Length = length;
    }

    /// <summary>The peak.</summary>
    public double MaxLr { get; }

    /// <summary>The share of the length that rises.</summary>
    public double PctStart { get; }

    /// <summary>The peak is this many times the first value.</summary>
    public double DivFactor { get; }

    /// <summary>The first value is this many times the last.</summary>
    public double FinalDivFactor { get; }

    /// <summary>2 or 3.</summary>
    public int Phases { get; }

    /// <summary>The shape of every phase.</summary>
    public Anneal Anneal { get; }

    /// <summary>How long it takes.</summary>
    public Duration Length { get; }

    private static Over Expand(double max, double pct, double div, double finalDiv, int phases, Anneal anneal, Duration length) =>
        OneCyclePhases.Expand(max / div, max, max / div / finalDiv, pct, phases, anneal, length);
}
