using Rubato.Control;
using Rubato.Language;
using Rubato.Numerics;

namespace Rubato;

/// <summary>
/// A rate that a <see cref="Polyak"/> takes from the loss and the gradient of the updates before. Text: <c>polyak</c>, <c>polyak(C)</c>,
/// <c>polyak * SHAPE</c> and <c>polyak(C) * SHAPE</c>, where the shape is a schedule in shares of that rate.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PolyakRate : Rate
{
    /// <summary>A rate.</summary>
    /// <param name="multiple">The factor on the rate; finite, above 0.</param>
    /// <param name="shape">
    /// The schedule of shares; null for a linear warm-up from 0.04 to 1 that is followed by a linear fall to 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="multiple"/> is not.</exception>
    public PolyakRate(double multiple = 1, Schedule? shape = null) => (Multiple, Shape) = (Require.Positive(multiple), shape);

    /// <summary>The factor on the rate.</summary>
    public double Multiple { get; }

    /// <summary>The schedule of shares; null for the usual one.</summary>
    public Schedule? Shape { get; }

    /// <summary>0.2; null where there is a <see cref="Shape"/>.</summary>
    public override double? UsualWarmup => Shape is null ? UsualShape.Warmup : null;

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) =>
        Shape ?? UsualShape.Over(RequireShare(warmup ?? UsualShape.Warmup));

    /// <summary>The controller of the rate over a plan.</summary>
    /// <param name="plan">A plan whose learning rate is <see cref="PlanRate"/>.</param>
    /// <param name="usualRate">The optimizer's usual rate, with which the run begins; finite, above 0.</param>
    /// <returns>A <see cref="Polyak"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="usualRate"/> is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="usualRate"/> is no such number.</exception>
    public override Controller Over(TrainingPlan plan, double? usualRate = null)
    {
        var first = usualRate ?? throw new ArgumentNullException(
            nameof(usualRate),
            $"'{this}' begins with the optimizer's usual rate, since the first update has no gradient before it; name it.");
        return new Polyak(plan, new PolyakSettings { FirstRate = Require.Positive(first, nameof(usualRate)), Multiple = Multiple });
    }

    private protected override string Print() => PolyakForm.Print(this);
}
