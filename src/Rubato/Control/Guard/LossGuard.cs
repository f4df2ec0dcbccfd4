using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// Watches the training loss and says when to go back to a snapshot with a lower rate. It decides only; whoever trains takes the snapshots:
/// a good one, which a rollback restores, and a candidate to become the next good one, both taken before the first update.
/// </summary>
/// <remarks>
/// <para>The constants are chosen, not fitted; <c>docs/guard.md</c> has what was measured with them.</para>
/// <para>With T updates in the run, h = clamp(T / 50, 3, 50), L0 the loss before anything was learned, e the moving average of the loss
/// with weight 1/h, started at L0, best the lowest e from the h-th update on, G0 the first gradient norm, and g the moving average of
/// min(norm, G0) with weight 1/h, started at G0. Updates are counted from the start or the last rollback. In this order:</para>
/// <list type="bullet">
/// <item><description>
/// <b>Lost</b>: the loss is not finite; or e &gt; 2 |L0| + 1; or, from the h-th update on, e &gt; best + max((L0 - best) / 2, |L0| / 4).
/// Then <see cref="GuardDecision.RollBack"/>, and the scale of the rate is multiplied by 10^-0.5 (<see cref="Cut"/>).
/// </description></item>
/// <item><description>
/// <b>Stuck</b>: from <see cref="StuckFrom"/> on, T / 8 updates in a row e &gt; best + max((L0 - best) / 10, |L0| / 20).
/// Then <see cref="GuardDecision.RollBack"/>, and the scale is multiplied by 10^-1 (<see cref="StuckCut"/>): what took so long to see
/// leaves no time for a second try close by.
/// </description></item>
/// <item><description>
/// <b>Dead</b>: from update T / 5 on, L0 - best &lt; |L0| / 20 and g &lt; G0 / 4. Then <see cref="GuardDecision.RollBack"/>, and the scale
/// is multiplied by 10^-1.5 (<see cref="DeadCut"/>). A dead network leaves its loss at L0, as a slow one does, but only biases still have a
/// gradient; that of a slow one stays. </description></item>
/// <item><description>
/// <b>Not learning</b>, only where <see cref="ReferenceDrop"/> D is given: from update T / 5 on, L0 - best &lt; D / 4. Then
/// <see cref="GuardDecision.Restart"/>, and the scale is multiplied by 10^-1.5.
/// </description></item>
/// <item><description>
/// <b>Healthy</b>: from update T / 5 on, at least T / 40 updates after the last snapshot, L0 - best &gt;= |L0| / 20, and e &lt;= best + 0.1
/// (L0 - best). Then <see cref="GuardDecision.Keep"/>. Snapshots lie two deep, so that what a rollback restores is at least T / 40 updates
/// older than the last moment that looked healthy; and none is taken in the first fifth, since a network that a far too high rate has hurt
/// and not yet destroyed is no good start. </description></item>
/// </list>
/// <para>After a rollback e, best, g and the count of updates start anew, and the factor on the rate rises linearly to the scale over T /
/// 20 updates (<see cref="ScaleOf"/>). After <see cref="MaxRollbacks"/> rollbacks and restarts the guard answers
/// <see cref="GuardDecision.Continue"/> for ever: it is off, and the scale stays.</para>
/// <para>After a rollback the candidate must be made equal to the good snapshot: it may have been taken when the training was lost and this
/// was not seen yet. Immutable and safe for use by several threads.</para>
/// </remarks>
public sealed record LossGuard
{
    private const double UsualMostSmoothing = 50;
    private const double LeastSamples = 256;
    private const double LeastUpdates = 8;
    private const double LeastPart = 8;

    /// <summary>A guard with the usual constants.</summary>
    /// <param name="updates">T, the updates in the whole run; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="updates"/> is below 1.</exception>
    public LossGuard(long updates) => Updates = Require.Positive(updates);

    /// <summary>
    /// A guard whose smoothing covers 256 samples and 8 updates at least, as far as T / 8 updates allow: the mean of a few losses of a few
    /// samples each rises and falls by chance.
    /// </summary>
    /// <param name="updates">T, the updates in the whole run; at least 1.</param>
    /// <param name="batchSize">The samples of an update; at least 1.</param>
    /// <returns>The guard.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static LossGuard For(long updates, long batchSize)
    {
        var most = Math.Max(LeastUpdates, Math.Min(UsualMostSmoothing, Require.Positive(updates) / LeastPart));
        return new LossGuard(updates)
        {
            LeastSmoothing = Math.Clamp(LeastSamples / Require.Positive(batchSize), LeastUpdates, most),
        };
    }

    /// <summary>T, the updates in the whole run.</summary>
    public long Updates { get; }

    /// <summary>L0 where it was measured before the run; null takes the first finite loss that is seen.</summary>
    public double? StartLoss { get; init => field = value is { } loss ? Require.Finite(loss, nameof(StartLoss)) : null; }

    /// <summary>The smoothing length h is T divided by this, within its bounds; above 0.</summary>
    public double SmoothingDivisor { get; init => field = Require.Positive(value, nameof(SmoothingDivisor)); } = 50;

    /// <summary>The least h, in updates; at least 1. Where it is above <see cref="MostSmoothing"/>, that one counts.</summary>
    public double LeastSmoothing { get; init => field = AtLeastOne(value, nameof(LeastSmoothing)); } = 3;

    /// <summary>The greatest h, in updates; at least 1.</summary>
    public double MostSmoothing { get; init => field = AtLeastOne(value, nameof(MostSmoothing)); } = UsualMostSmoothing;

    /// <summary>a in the ceiling a |L0| + b; at least 0.</summary>
    public double CeilingFactor { get; init => field = Require.FiniteAtLeastZero(value, nameof(CeilingFactor)); } = 2;

    /// <summary>b in the ceiling a |L0| + b; at least 0.</summary>
    public double CeilingOffset { get; init => field = Require.FiniteAtLeastZero(value, nameof(CeilingOffset)); } = 1;

    /// <summary>The share of the drop L0 - best that e may rise again; at least 0.</summary>
    public double LostShare { get; init => field = Require.FiniteAtLeastZero(value, nameof(LostShare)); } = 0.5;

    /// <summary>The share of |L0| that e may always rise above best; at least 0.</summary>
    public double LeastRise { get; init => field = Require.FiniteAtLeastZero(value, nameof(LeastRise)); } = 0.25;

    /// <summary>Snapshots are at least T divided by this updates apart; above 0.</summary>
    public double KeepDivisor { get; init => field = Require.Positive(value, nameof(KeepDivisor)); } = 40;

    /// <summary>The share of the drop L0 - best by which e may be above best where a moment is healthy; at least 0.</summary>
    public double KeepShare { get; init => field = Require.FiniteAtLeastZero(value, nameof(KeepShare)); } = 0.1;

    /// <summary>The factor on the rate at a rollback because the loss rose; above 0 and below 1.</summary>
    public double Cut { get; init => field = Require.Fraction(Require.Positive(value, nameof(Cut)), nameof(Cut)); } = 1 / Math.Sqrt(10);

    /// <summary>The factor where the training is stuck; above 0 and below 1.</summary>
    public double StuckCut { get; init => field = Require.Fraction(Require.Positive(value, nameof(StuckCut)), nameof(StuckCut)); } = 0.1;

    /// <summary>The factor where the network is dead or has not learned in time; above 0 and below 1.</summary>
    public double DeadCut
    {
        get;
        init => field = Require.Fraction(Require.Positive(value, nameof(DeadCut)), nameof(DeadCut));
    } = 1 / Math.Sqrt(1000);

    /// <summary>The most rollbacks and restarts together; at least 0.</summary>
    public int MaxRollbacks { get; init => field = AtLeastZero(value, nameof(MaxRollbacks)); } = 12;

    /// <summary>
    /// D, a drop of the loss that is known to be possible, such as that of a rehearsal; above 0. Null, the default, never restarts.
    /// </summary>
    public double? ReferenceDrop { get; init => field = value is { } drop ? Require.Positive(drop, nameof(ReferenceDrop)) : null; }

    /// <summary>
    /// The share of the run, since the start or the last rollback, before which no snapshot is kept, and after which the network must have
    /// learned; in [0, 1).
    /// </summary>
    public double LearnBy { get; init => field = Require.Fraction(value, nameof(LearnBy)); } = 0.2;

    /// <summary>The share of <see cref="ReferenceDrop"/> that it must have learned by then; in [0, 1).</summary>
    public double LearnShare { get; init => field = Require.Fraction(value, nameof(LearnShare)); } = 0.25;

    /// <summary>The share of |L0| that a network must have gained before a snapshot of it is kept; at least 0.</summary>
    public double VisibleShare { get; init => field = Require.FiniteAtLeastZero(value, nameof(VisibleShare)); } = 0.05;

    /// <summary>
    /// The share of the first gradient norm under which that of a network that has learned nothing tells that it is dead; in [0, 1).
    /// </summary>
    public double DeadNorm { get; init => field = Require.Fraction(value, nameof(DeadNorm)); } = 0.25;

    /// <summary>The share of the run after which a loss that stays above its best is stuck; above 0.</summary>
    public double StuckAfter { get; init => field = Require.Positive(value, nameof(StuckAfter)); } = 0.125;

    /// <summary>
    /// The share of the run, since the start or the last rollback, before which no update counts as stuck; in [0, 1). A run that goes on
    /// from weights that have learned needs its warm-up: there the loss rises with the rate.
    /// </summary>
    public double StuckFrom { get; init => field = Require.Fraction(value, nameof(StuckFrom)); }

    /// <summary>The share of |L0| by which e must at least be above best to be stuck; at least 0.</summary>
    public double StuckRise { get; init => field = Require.FiniteAtLeastZero(value, nameof(StuckRise)); } = 0.05;

    /// <summary>The share of the run over which the rate rises from 0 after a rollback; in [0, 1).</summary>
    public double Warmup { get; init => field = Require.Fraction(value, nameof(Warmup)); } = 0.05;

    /// <summary>The smoothing length h, in updates; at least 1.</summary>
    public double Smoothing => Math.Min(Math.Max(Updates / SmoothingDivisor, LeastSmoothing), MostSmoothing);

    /// <summary>The memory before the first update.</summary>
    public GuardState InitialState => new()
    {
        StartLoss = StartLoss,
        Smoothed = null,
        Best = null,
        StartNorm = null,
        Norm = null,
        Updates = 0,
        SinceKept = 0,
        SinceNearBest = 0,
        Rollbacks = 0,
        Scale = 1,
        Decision = GuardDecision.Continue,
    };

    /// <summary>The factor on the rate of the next update.</summary>
    /// <param name="state">The memory.</param>
    /// <returns>The scale, within the warm-up after a rollback the part of it that is reached; 1 where there was no rollback.</returns>
    public double ScaleOf(GuardState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return IsWarmingUp(state) ? state.Scale * ((state.Updates + 1) / (Warmup * Updates)) : state.Scale;
    }

    /// <summary>The memory after an update whose gradient was not measured.</summary>
    /// <param name="loss">The mean training loss over the update's batch; not finite where the update could not be applied.</param>
    /// <param name="state">The memory before it.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public GuardState Observe(double loss, GuardState state) => Observe(loss, gradientNorm: null, state);

    /// <summary>The memory after an update, with the answer to its loss in <see cref="GuardState.Decision"/>.</summary>
    /// <param name="loss">The mean training loss over the update's batch; not finite where the update could not be applied.</param>
    /// <param name="gradientNorm">The norm of the update's gradient; null if it was not measured.</param>
    /// <param name="state">The memory before it.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public GuardState Observe(double loss, double? gradientNorm, GuardState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Rollbacks >= MaxRollbacks)
        {
            return IsWarmingUp(state) && double.IsFinite(loss)
                ? state with { Updates = state.Updates + 1, Decision = GuardDecision.Continue }
                : state.Decision == GuardDecision.Continue ? state
                : state with { Decision = GuardDecision.Continue };
        }

        if (!double.IsFinite(loss))
        {
            return Back(GuardDecision.RollBack, Cut, state);
        }

        var seen = Seen(loss, gradientNorm, state);
        return IsLost(seen) ? Back(GuardDecision.RollBack, Cut, seen)
            : IsStuck(seen) ? Back(GuardDecision.RollBack, StuckCut, seen)
            : IsDead(seen) ? Back(GuardDecision.RollBack, DeadCut, seen)
            : HasNotLearned(seen) ? Back(GuardDecision.Restart, DeadCut, seen)
            : MayBeKept(seen) ? seen with { SinceKept = 0, Decision = GuardDecision.Keep }
            : seen;
    }

    private GuardState Seen(double loss, double? gradientNorm, GuardState state)
    {
        var start = state.StartLoss ?? loss;
        var smoothed = Smooth(state.Smoothed ?? start, loss);
        var updates = state.Updates + 1;
        double? best = updates >= Smoothing ? Math.Min(state.Best ?? smoothed, smoothed) : null;
        double? startNorm = state.StartNorm ?? (gradientNorm is { } found && double.IsFinite(found) ? found : null);
        var norm = startNorm is not { } first ? null
            : gradientNorm is not { } measured || double.IsNaN(measured) ? state.Norm
            : (double?)Smooth(state.Norm ?? first, Math.Min(measured, first));
        return state with
        {
            StartLoss = start,
            Smoothed = smoothed,
            Best = best,
            StartNorm = startNorm,
            Norm = norm,
            Updates = updates,
            SinceKept = state.SinceKept + 1,
            SinceNearBest = updates >= StuckFrom * Updates && IsAbove(start, smoothed, best) ? state.SinceNearBest + 1 : 0,
            Decision = GuardDecision.Continue,
        };
    }

    private double Smooth(double average, double value) => average + ((value - average) / Smoothing);

    private bool IsWarmingUp(GuardState state) => state.Rollbacks > 0 && state.Updates + 1 < Warmup * Updates;

    private bool IsLost(GuardState state) =>
        state is { StartLoss: { } start, Smoothed: { } smoothed }
        && (!double.IsFinite(smoothed)
            || smoothed > (CeilingFactor * Math.Abs(start)) + CeilingOffset
            || (state.Best is { } best && smoothed > best + Math.Max(LostShare * (start - best), LeastRise * Math.Abs(start))));

    private bool IsAbove(double start, double smoothed, double? best) =>
        best is { } lowest && smoothed > lowest + Math.Max(KeepShare * (start - lowest), StuckRise * Math.Abs(start));

    private bool IsStuck(GuardState state) => state.SinceNearBest >= StuckAfter * Updates && state.SinceNearBest > 0;

    private bool IsDead(GuardState state) =>
        state.Updates >= LearnBy * Updates
        && !HasGained(state)
        && state is { StartNorm: { } first, Norm: { } norm }
        && norm < DeadNorm * first;

    private bool HasGained(GuardState state) =>
        state is { StartLoss: { } start, Best: { } best } && start - best >= VisibleShare * Math.Abs(start);

    private bool HasNotLearned(GuardState state) =>
        ReferenceDrop is { } drop
        && state is { StartLoss: { } start, Best: { } best }
        && state.Updates >= LearnBy * Updates
        && start - best < LearnShare * drop;

    private bool MayBeKept(GuardState state) =>
        state is { StartLoss: { } start, Smoothed: { } smoothed, Best: { } best }
        && state.Updates >= LearnBy * Updates
        && state.SinceKept >= Updates / KeepDivisor
        && HasGained(state)
        && smoothed <= best + (KeepShare * (start - best));

    private static GuardState Back(GuardDecision decision, double cut, GuardState state) => state with
    {
        Smoothed = null,
        Best = null,
        Norm = null,
        Updates = 0,
        SinceKept = 0,
        SinceNearBest = 0,
        Rollbacks = state.Rollbacks + 1,
        Scale = state.Scale * cut,
        Decision = decision,
    };

    private static double AtLeastOne(double value, string name) =>
        double.IsFinite(value) && value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 1.");

    private static int AtLeastZero(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
