namespace Rubato.RangeTests;

/// <summary>How the noise is taken out of the losses of a range test, on the logarithmic axis of the rates.</summary>
/// <remarks>Text: <c>gp</c>, <c>average</c>, <c>average(0.9)</c>. Immutable; equality is by value.</remarks>
public abstract record CurveSmoothing
{
    private protected CurveSmoothing()
    {
    }

    /// <summary>Smooths a curve.</summary>
    /// <param name="curve">At least one of its losses is finite.</param>
    /// <returns>The points whose losses are finite.</returns>
    /// <exception cref="ArgumentException">No loss is finite.</exception>
    public abstract SmoothedCurve Smooth(RangeCurve curve);

    /// <summary>Reads the text.</summary>
    /// <param name="text"><c>gp</c>, <c>average</c>, or <c>average(beta)</c> with beta at least 0 and below 1.</param>
    /// <param name="name">What the value is called in messages.</param>
    /// <returns>The smoothing.</returns>
    /// <exception cref="InvalidInputException">It is none of them.</exception>
    public static CurveSmoothing Parse(string text, string name) => throw new NotSupportedException("Not written yet.");
}
