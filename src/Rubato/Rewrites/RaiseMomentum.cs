using System.Collections.Immutable;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// A higher momentum m', and batches by <c>(1 - m) / (1 - m')</c> larger, so that the noise scale stays at the same rate:
/// <c>B' = B (1 - m) / (1 - m')</c> in the form for small batches; the rate takes what rounding and the limit leave over,
/// <c>lr' = lr (B' / B) (1 - m') / (1 - m)</c>.
/// </summary>
/// <remarks>
/// Keeps g, not all of the dynamics: the buffer fills more slowly (see <see cref="Warning"/>), which the authors say costs accuracy, so
/// that the largest stable rate should be found first. A parameter group with a momentum of its own keeps it, and its rate keeps its noise
/// scale. Smith, Kindermans, Ying, Le 2018, arXiv 1711.00489, section 4.
/// </remarks>
public sealed record RaiseMomentum : PlanRewrite
{
    /// <summary>A higher momentum.</summary>
    /// <param name="momentum">The momentum m'; at least 0 and below 1. No momentum of the plan may lie above it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is out of its range.</exception>
    public RaiseMomentum(double momentum) => Momentum = Require.Fraction(momentum);

    /// <summary>The momentum m'.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    private protected override Schedule? NewMomentum => Momentum;

    /// <summary>What the higher momentum costs at the start of a run.</summary>
    /// <param name="plan">The plan before it is rewritten; the size of its training set must be known.</param>
    /// <returns>The lag of the first update's hyper-parameters before and after.</returns>
    /// <exception cref="InvalidInputException">The size of the training set is not known, or the plan cannot be rewritten.</exception>
    public MomentumWarning Warning(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var samples = plan.Settings.SamplesPerEpoch ?? throw new InvalidInputException(new Finding(
            nameof(PlanSettings.SamplesPerEpoch), null, "is missing, but what a higher momentum costs is counted in epochs", "give it"));
        return new MomentumWarning(MomentumLag.Of(plan.At(0), samples), MomentumLag.Of(Apply(plan).At(0), samples));
    }

    /// <inheritdoc/>
    private protected override void Check(ImmutableArray<BatchPiece> pieces)
    {
        if (pieces.FirstOrDefault(piece => piece.Momentum > Momentum) is { Size: > 0 } piece)
        {
            throw new InvalidInputException(new Finding(FormattableString.Invariant(
                $"the momentum is to be raised to {Momentum}, but the plan has {piece.Momentum} at sample {piece.Start}"))
            {
                Remedy = "raise it to more than that",
            });
        }
    }

    /// <inheritdoc/>
    private protected override BatchChoice Choice(BatchRoom room) => new MomentumBatch(room, Momentum);

    /// <inheritdoc/>
    private protected override double RateFactor(in BatchPiece piece, bool ownMomentum, BatchRoom room) =>
        base.RateFactor(piece, ownMomentum, room) * (ownMomentum ? 1 : (1 - Momentum) / (1 - piece.Momentum));
}
