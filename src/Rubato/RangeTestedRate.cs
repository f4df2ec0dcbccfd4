using Rubato.Language;
using Rubato.RangeTests;
using Rubato.Schedules;

namespace Rubato;

/// <summary>
/// Rates between bounds that a range test finds before the run. Text: <c>one-cycle</c>; <c>clr</c>, <c>clr(POLICY, cycles N, gamma G)</c>
/// and <c>clr(POLICY, step D)</c>, with <c>triangular2</c> where no policy is written.
/// </summary>
/// <remarks>
/// Without a step, a half cycle is <c>length / (2 cycles)</c>, so that the run stops at the end of a cycle, where the rate is lowest (Smith
/// 2015, arXiv 1506.01186, section 3.2); with one it may end within a cycle. Immutable; equality is by value.
/// </remarks>
public sealed record RangeTestedRate : Rate
{
    // Half a cycle is 2 to 10 epochs in Smith 2015, section 3.2; a run too short for that is one cycle.
    private const double FewestEpochsPerCycle = 4;
    private const double MostEpochsPerCycle = 20;

    // Chosen: section 3.2 finds that three cycles train well and four or more still gain.
    private const long MostUsualCycles = 4;

    // Chosen, not fitted: what is left of the bounds at the end of the run.
    private const double UsualDecay = 0.1;

    /// <summary>A rate.</summary>
    /// <param name="policy">How the rate moves between the bounds.</param>
    /// <param name="cycles">How many cycles the run has; at least 1. Null lets the length of the run decide, or the step.</param>
    /// <param name="step">Half a cycle, instead of a number of cycles; above 0.</param>
    /// <param name="gamma">
    /// The factor of <see cref="CyclePolicy.ExpRange"/> for each update, in (0, 1]; null leaves a tenth of the bounds at the end of the
    /// run.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Cycles and step are both given, or one is that the policy does not have.</exception>
    public RangeTestedRate(CyclePolicy policy = CyclePolicy.Triangular2, long? cycles = null, Duration? step = null, double? gamma = null)
    {
        if (cycles is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(cycles), cycles, "cycles must be at least 1.");
        }

        if (step is { Value: not > 0 } or { IsRest: true })
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "step must be a duration above 0.");
        }

        if (gamma is not (null or (> 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "gamma must be above 0 and at most 1.");
        }

        if (policy == CyclePolicy.OneCycle && (cycles ?? step?.Value ?? gamma) is not null)
        {
            throw new ArgumentException("One cycle takes the whole run; leave cycles, step and gamma out.", nameof(policy));
        }

        if (cycles is not null && step is not null)
        {
            throw new ArgumentException("cycles and step say the same; leave one of them out.", nameof(step));
        }

        if (gamma is not null && policy != CyclePolicy.ExpRange)
        {
            throw new ArgumentException("gamma belongs to exp-range; leave it out, or choose that policy.", nameof(gamma));
        }

        (Policy, Cycles, Step, Gamma) = (policy, cycles, step, gamma);
    }

    /// <summary>The bounds that stand for the ones to be found: shares of the maximum, with the base at a quarter of it.</summary>
    public static RateRange Shares { get; } = new(0.25, 1);

    /// <summary>How the rate moves between the bounds.</summary>
    public CyclePolicy Policy { get; }

    /// <summary>How many cycles the run has; null where its length or the step decides.</summary>
    public long? Cycles { get; }

    /// <summary>Half a cycle; null where the number of cycles decides.</summary>
    public Duration? Step { get; }

    /// <summary>The factor of <see cref="CyclePolicy.ExpRange"/> for each update; null for a tenth over the run.</summary>
    public double? Gamma { get; }

    /// <summary>Whether the length of the run in epochs decides the number of cycles.</summary>
    public bool NeedsEpochs => Policy != CyclePolicy.OneCycle && Cycles is null && Step is null;

    /// <summary>The schedule between <see cref="Shares"/>.</summary>
    /// <param name="length">The length of the run.</param>
    /// <param name="epochs">The same in epochs; null where it is not known, which makes one cycle where no number is given.</param>
    /// <param name="warmup">Not used.</param>
    /// <returns>The schedule.</returns>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) => Between(Shares, length, epochs);

    /// <summary>The schedule between bounds.</summary>
    /// <param name="range">The bounds.</param>
    /// <param name="length">The length of the run.</param>
    /// <param name="epochs">The same in epochs; null where it is not known, which makes one cycle where no number is given.</param>
    /// <returns>The schedule.</returns>
    public Schedule Between(RateRange range, Duration length, double? epochs)
    {
        if (Policy == CyclePolicy.OneCycle)
        {
            return new OneCycle(range.MaxLr);
        }

        var whole = length.Unit == TimeUnit.Epochs && length.Value > 0 ? length : Duration.Share(1);
        var usual = Cycles ?? UsualCycles(epochs ?? 0);
        var step = Step ?? whole.Times(0.5 / usual);
        long? cycles = Step is null ? usual : null;
        return Policy switch
        {
            CyclePolicy.Triangular => new Triangular(range.BaseLr, range.MaxLr, step, cycles: cycles),
            CyclePolicy.Triangular2 => new Triangular2(range.BaseLr, range.MaxLr, step, cycles: cycles),
            _ when Gamma is { } gamma => new ExpRange(range.BaseLr, range.MaxLr, step, gamma, cycles: cycles),
            _ => new ExpRange(range.BaseLr, range.MaxLr, step, UsualDecay, whole, cycles: cycles),
        };
    }

    private protected override string Print() => RangeTestedForm.Print(this);

    /// <summary>How many cycles a run has where it is not said: <c>max(1, min(4, floor(E / 4)), ceil(E / 20))</c> for E epochs.</summary>
    private static long UsualCycles(double epochs) => Math.Max(
        1,
        Math.Max(
            (long)Math.Min(MostUsualCycles, Math.Floor(epochs / FewestEpochsPerCycle)),
            (long)Math.Min(1e9, Math.Ceiling(epochs / MostEpochsPerCycle))));
}
