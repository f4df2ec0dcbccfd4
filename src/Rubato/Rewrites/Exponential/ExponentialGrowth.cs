using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// Makes updates with weight decay in exponential form, one after another: what <see cref="ExponentialRewrites.ToExponential"/> and
/// <see cref="ExponentialRewrites.Texp"/> write as a plan, for a training loop. Since each update follows from those before it, the rate
/// may come from anywhere: from a plan, or from a controller that decides while it runs.
/// </summary>
/// <remarks>
/// The update is SGD in PyTorch's convention, with the rate outside of the buffer. The arithmetic is that of the plans, and the state is a
/// value: kept, copied, or gone back to. Immutable; equality is by value.
/// </remarks>
public sealed record ExponentialGrowth
{
    /// <summary>The limit unless another is given: weights keep three digits of their range, and rates six.</summary>
    public const double UsualLimit = 1024;

    private const double LeastAlpha = 0.01;

    /// <summary>
    /// Whether the rate is exponential in each phase of constant values, as TEXP has it, with corrections of the buffer between the phases;
    /// otherwise it is that of TEXP++, which needs none.
    /// </summary>
    public bool IsPhased { get; init; }

    /// <summary>Whether a phased run corrects its buffer; without, it trains another function.</summary>
    public bool IsCorrected { get; init; } = true;

    /// <summary>How many times larger than with weight decay kept weights may become before they are scaled; finite, at least 1.</summary>
    public double Limit { get; init => field = Require.FiniteAtLeast(1, value, nameof(Limit)); } = UsualLimit;

    /// <summary>The next update.</summary>
    /// <param name="made">
    /// What it is made with in the run with weight decay: rate and weight decay finite and at least 0, momentum in [0, 1).
    /// </param>
    /// <param name="before">What was remembered; <c>default</c> before the first.</param>
    /// <returns>What to do, and to remember.</returns>
    /// <exception cref="InvalidInputException">
    /// Weight decay takes away all of the weights, or the rate times it is too large for a steady growth; one sentence.
    /// </exception>
    public GrowthStep Next(in HyperParameters made, in GrowthState before)
    {
        var (state, corrected) = Follow(made, before);
        var grown = DecayStep.Of(state.BufferOffset, made);
        var after = (state with { BufferOffset = IsPhased ? state.BufferOffset : grown.OffsetAfter }).Grown(grown.LogGrowth);
        var logLength = state.Shift.LogGrowth(state.LogGrowth);
        var shifted = after.Shift.ForGrowth(after.LogGrowth, Limit);
        var factor = after.Shift.FactorTo(shifted);
        return new GrowthStep
        {
            BufferCorrection = corrected == 0 || !IsCorrected ? 0 : corrected * Math.Exp(-2 * logLength),
            LearningRate = made.LearningRate * Math.Exp(logLength + after.Shift.LogGrowth(after.LogGrowth)),
            Momentum = made.Momentum,
            LogRate = Math.Log(made.LearningRate) + state.LogGrowth + after.LogGrowth,
            ShiftFactor = factor,
            ScaleFactor = factor * Math.Exp(grown.LogGrowth),
            After = after with { Shift = shifted },
        };
    }

    /// <summary>
    /// Whether the next update can be made: from this state on growth can stand for it, by less than a hundredfold. Where not, as with a
    /// rate that has risen far, weights and buffer can be brought back to those of the run with weight decay, and growth begins anew from
    /// there: from <c>default</c> it can follow any rate times weight decay below 0.99.
    /// </summary>
    /// <param name="made">What it is made with in the run with weight decay.</param>
    /// <param name="before">What was remembered.</param>
    /// <returns>Whether <see cref="Next"/> goes on from there.</returns>
    public bool CanFollow(in HyperParameters made, in GrowthState before) =>
        IsPhased || DecayStep.From(before.BufferOffset, made.LearningRate, made.Momentum, made.WeightDecay).Alpha > LeastAlpha;

    /// <summary>The state as an update finds it, after the correction of its buffer, and by how much the correction lowers u.</summary>
    internal (GrowthState State, double Correction) Follow(in HyperParameters made, in GrowthState before)
    {
        var phase = (made.LearningRate, made.Momentum, made.WeightDecay);
        if (!IsPhased || before.Phase == phase)
        {
            return (before, 0);
        }

        var offset = Steady(made).BufferOffset;
        return (before with { BufferOffset = offset, Phase = phase }, before.BufferOffset - offset);
    }

    private static SteadyGrowth Steady(in HyperParameters made)
    {
        var product = made.LearningRate * made.WeightDecay;
        var limit = SteadyGrowth.Limit(made.Momentum);
        return product <= limit && product < 1
            ? SteadyGrowth.Of(made)
            : throw new InvalidInputException(new Finding(string.Create(
                CultureInfo.InvariantCulture,
                $"the learning rate {ExactNumber.Text(made.LearningRate)} "
                + $"times the weight decay {ExactNumber.Text(made.WeightDecay)} is {NumberText.Of(product, 6)}, "
                + $"but with momentum {ExactNumber.Text(made.Momentum)} a rate can grow steadily only up to "
                + $"(1 - sqrt(momentum))^2 = {NumberText.Of(limit, 6)}{(made.Momentum == 0 ? ", and below 1" : "")}"))
            {
                Remedy = "lower one of them",
            });
    }
}
