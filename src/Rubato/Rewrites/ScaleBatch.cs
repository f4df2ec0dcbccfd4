using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// The batch times a factor, <c>B' = k B</c>, and the rate by its <see cref="RateRule"/>: linear, <c>lr' = lr B' / B</c> (in the exact form
/// <c>lr' = lr (N / B - 1) / (N / B' - 1)</c>), or <c>lr' = lr sqrt(B' / B)</c>.
/// </summary>
/// <remarks>
/// The linear rule keeps the noise scale, the square-root rule does not. Where the limit <see cref="PlanRewrite.MaxBatch"/> allows less
/// than k, the rate grows less too; a batch made smaller is at least one <see cref="PlanRewrite.Multiple"/>, or stays as planned below it.
/// Smith, Kindermans, Ying, Le 2018, arXiv 1711.00489, section 4; Goyal et al. 2017, arXiv 1706.02677, section 2.1.
/// </remarks>
public sealed record ScaleBatch : PlanRewrite
{
    /// <summary>The batch times a factor.</summary>
    /// <param name="factor">The factor k; finite, above 0. Below 1 the batch shrinks.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of its range.</exception>
    public ScaleBatch(double factor) => Factor = Require.Positive(factor);

    /// <summary>The factor k.</summary>
    public double Factor { get; }

    /// <summary>What becomes of the rate.</summary>
    public RateRule Rule
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Rule must be Linear or SquareRoot.");
    }

    /// <inheritdoc/>
    private protected override bool Grows => Factor > 1;

    /// <inheritdoc/>
    private protected override BatchChoice Choice(BatchRoom room) => new ScaledBatch(room, Factor);

    /// <inheritdoc/>
    private protected override double RateFactor(in BatchPiece piece, bool ownMomentum, BatchRoom room) =>
        Rule == RateRule.Linear ? base.RateFactor(piece, ownMomentum, room) : Math.Sqrt((double)piece.Size / piece.Planned);
}
