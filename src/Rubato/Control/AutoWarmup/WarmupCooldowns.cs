using Rubato.Schedules;

namespace Rubato.Control;

/// <summary>
/// The published ways to cool down after <see cref="AutoWarmup"/> found a rate: factors of it over what is left of the budget.
/// </summary>
public static class WarmupCooldowns
{
    /// <summary>At once: <c>cosine(1 -> 0)</c>.</summary>
    public static Schedule Cosine { get; } = new Cosine(1, 0);

    /// <summary>The rate is held until the last fifth of the whole budget: <c>1 then cosine(1 -> 0, 0.2dur)</c>.</summary>
    public static Schedule ConstantThenCosine { get; } = new Constant(1).Then(new Cosine(1, 0, Duration.Share(0.2)));

    /// <summary>
    /// The second half of a cosine, which starts at half the rate: <c>(1 + cos(pi (1 + s) / 2)) / 2</c> of the share s. Text:
    /// <c>over(skip(cosine(1 -> 0, 2dur), 1dur))</c>.
    /// </summary>
    public static Schedule HalfCosine { get; } = new Cosine(1, 0, Duration.Share(2)).Skip(Duration.Share(1)).Over(Duration.Rest);
}
