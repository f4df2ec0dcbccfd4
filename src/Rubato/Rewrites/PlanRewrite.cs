using System.Collections.Immutable;
using Rubato.Language;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// Writes a plan as another one over the same samples: with other batches, usually larger ones, and with a learning rate that keeps the
/// noise scale (see <see cref="NoiseScale"/>) as it was planned at every update.
/// </summary>
/// <remarks>
/// <para>
/// Batch sizes are whole numbers, multiples of <see cref="Multiple"/>, and at most <see cref="MaxBatch"/>; the learning rate takes up what
/// rounding and the limit leave over, so that g stays to rounding errors of its arithmetic (1e-12 relative). Where the plan cuts batches at
/// the ends of epochs, that holds for the planned sizes; a cut batch is smaller in both plans, but not at the same places. An update is
/// compared with what the old plan asks for where the update is read: at its start, or at the change before its middle (see
/// <see cref="TrainingPlan"/>). Where the batch shrinks, it does so at the last update before the change for which the large size has no
/// room, so that no update is read further beyond its start than a planned batch would be.
/// </para>
/// <para>
/// Times stay where they are in samples: what is written in batches is converted by the old plan. Rates of parameter groups take the same
/// factor. Rewrites can be applied one after another. A closed family. Immutable; equality is by value.
/// </para>
/// </remarks>
public abstract record PlanRewrite
{
    private protected PlanRewrite()
    {
    }

    /// <summary>
    /// The largest batch, in samples, after which the rate takes the rest; at least 1, and a tenth of the training set where it is null.
    /// Rounded down to a multiple of <see cref="Multiple"/>. Batches that are planned larger stay as planned.
    /// </summary>
    public long? MaxBatch { get; init => field = value is { } size ? Require.Positive(size, nameof(MaxBatch)) : null; }

    /// <summary>
    /// Changed batches are multiples of this, such as of the micro-batch; at least 1, and 1 where it is null. Rounded down, but never below
    /// the planned size: until there is a multiple that is larger, the planned size stays.
    /// </summary>
    public long? Multiple { get; init => field = value is { } size ? Require.Positive(size, nameof(Multiple)) : null; }

    /// <summary>In which form the noise scale is kept.</summary>
    public NoiseForm Form
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Form must be SmallBatch or Exact.");
    }

    /// <summary>Whether it makes batches larger, and so needs a limit.</summary>
    private protected virtual bool Grows => true;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">
    /// Such as <c>grow-batch</c>, <c>grow-batch(max 5120, first 1, ratio 2)</c>, <c>scale-batch(5, rule square-root)</c> or
    /// <c>raise-momentum(0.98)</c>; all take <c>max</c>, <c>multiple</c> and <c>form exact</c>.
    /// </param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The rewrite.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or a value is out of its range; one sentence with the column.
    /// </exception>
    public static PlanRewrite Parse(string text, string subject = "rewrite") => RewriteForms.Parse(text, subject);

    /// <summary>Rewrites a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The plan with the same budget in samples; the same plan where there is nothing to change.</returns>
    /// <exception cref="InvalidInputException">
    /// The plan leaves no room for it, or would need more steps than a schedule's text can hold; one sentence with the values and the
    /// remedy.
    /// </exception>
    public TrainingPlan Apply(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var room = BatchRoom.Of(plan, this, Grows);
        var pieces = ShrinkFill.Of(plan, BatchWalk.Over(plan, Choice(room)), room.Multiple);
        room.Check(pieces);
        Check(pieces);
        return new RewrittenPlan(plan, pieces, NewMomentum, (in piece, own) => RateFactor(piece, own, room)).Build();
    }

    /// <summary>The text form.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal rewrite.</returns>
    public sealed override string ToString() => RewriteForms.Print(this);

    /// <summary>The momentum of the rewritten plan; null where it stays.</summary>
    private protected virtual Schedule? NewMomentum => null;

    /// <summary>Refuses plans that it cannot rewrite.</summary>
    private protected virtual void Check(ImmutableArray<BatchPiece> pieces)
    {
    }

    /// <summary>How the batch sizes are chosen.</summary>
    private protected abstract BatchChoice Choice(BatchRoom room);

    /// <summary>The factor of the rate over a piece; <paramref name="ownMomentum"/> for a group whose momentum is not the plan's.</summary>
    private protected virtual double RateFactor(in BatchPiece piece, bool ownMomentum, BatchRoom room) =>
        room.RateFactor(piece.Planned, piece.Size);
}
