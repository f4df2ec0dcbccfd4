using Rubato.Language;

namespace Rubato;

/// <summary>
/// A rate that a <see cref="Control.Rehearsal"/> finds before the run. Text: <c>auto</c>, <c>auto(free N)</c>, <c>auto * SHAPE</c> and
/// <c>auto(free N) * SHAPE</c>, where the shape is a schedule in shares of the rate that is found.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RehearsedRate : Rate
{
    /// <summary>The word for it.</summary>
    internal const string Word = "auto";

    /// <summary>A rate.</summary>
    /// <param name="shape">
    /// The schedule of shares; null for a linear warm-up from 0.04 to 1 that is followed by a linear fall to 0.
    /// </param>
    /// <param name="freeSamples">
    /// Samples that the rehearsal may take outside the budget of the run, at least 0; null for about two seconds' worth.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="freeSamples"/> is below 0.</exception>
    public RehearsedRate(Schedule? shape = null, long? freeSamples = null)
    {
        if (freeSamples < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(freeSamples), freeSamples, $"{nameof(freeSamples)} is {freeSamples}, but must be at least 0.");
        }

        (Shape, FreeSamples) = (shape, freeSamples);
    }

    /// <summary>The schedule of shares; null for the usual one.</summary>
    public Schedule? Shape { get; init; }

    /// <summary>
    /// Samples that the rehearsal may take outside the budget of the run; null for what the network lets one processor core compute in
    /// about two seconds. See <see cref="Control.RehearsalSettings.FreeSamples"/>.
    /// </summary>
    public long? FreeSamples { get; }

    /// <summary>0.2; null where there is a <see cref="Shape"/>.</summary>
    public override double? UsualWarmup => Shape is null ? UsualShape.Warmup : null;

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) =>
        Shape ?? UsualShape.Over(RequireShare(warmup ?? UsualShape.Warmup));

    private protected override string Print() => RehearsalForm.Print(this);
}
