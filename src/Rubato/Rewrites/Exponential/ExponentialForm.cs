namespace Rubato.Rewrites;

/// <summary>In which form weight decay is written as a growing rate.</summary>
public enum ExponentialForm
{
    /// <summary>
    /// TEXP++, any schedule, from an empty buffer: <see cref="ExponentialRewrites.ToExponential"/>. Written <c>exponential</c>.
    /// </summary>
    AnySchedule,

    /// <summary>TEXP, phases of constant values: <see cref="ExponentialRewrites.Texp"/>. Written <c>texp</c>.</summary>
    Steps,

    /// <summary>
    /// TEXP--, the same without the drops of the rate between phases: <see cref="ExponentialRewrites.TexpMinusMinus"/>. Written
    /// <c>texp--</c>.
    /// </summary>
    StepsWithoutDrops,
}
