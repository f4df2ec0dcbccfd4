namespace Rubato;

/// <summary>
/// A rate that a <see cref="Control.Rehearsal"/> finds before the run. Text: <c>auto</c>, or <c>auto * SHAPE</c>, a schedule in shares of
/// the rate that is found.
/// </summary>
/// <param name="Shape">The schedule of shares; null for a linear warm-up from 0.04 to 1 that is followed by a linear fall to 0.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RehearsedRate(Schedule? Shape = null) : Rate
{
    /// <summary>The word for it.</summary>
    internal const string Word = "auto";

    /// <summary>0.2; null where there is a <see cref="Shape"/>.</summary>
    public override double? UsualWarmup => Shape is null ? UsualShape.Warmup : null;

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) =>
        Shape ?? UsualShape.Over(RequireShare(warmup ?? UsualShape.Warmup));

    private protected override string Print() => Shape is null ? Word : $"{Word} * {Shape}";
}
