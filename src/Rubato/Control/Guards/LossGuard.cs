using Rubato.Numerics;

namespace Rubato.Control.Guards;

/// <summary>
/// Watches the training loss and says when to go back to a snapshot with a lower rate. It decides only; whoever trains takes the snapshots:
/// a good one, which a rollback restores, and a candidate to become the next good one, both taken before the first update.
/// </summary>
/// <remarks>
/// <para>With T updates in the run, h = clamp(T / 50, 3, 50), L0 the loss before anything was learned, e the moving average of the loss with weight 1/h, started
/// at L0, and best the lowest e from the h-th update on:</para>
/// <list type="bullet">
/// <item><description>
/// <b>Lost</b>: the loss is not finite; or e &gt; 2 |L0| + 1; or, from the h-th update on, e &gt; best + max((L0 - best) / 2, |L0| / 4). Then
/// <see cref="GuardDecision.RollBack"/>: the rate is multiplied by 1/sqrt(10) from here on, and e, best and the count of updates start anew.
/// </description></item>
/// <item><description>
/// <b>Healthy</b>: from the h-th update on, at least T / 40 updates after the last snapshot, and e &lt;= best + 0.1 (L0 - best). Then
/// <see cref="GuardDecision.Keep"/>. Snapshots lie two deep, so that what a rollback restores is at least T / 40 updates older than the last
/// moment that looked healthy.
/// </description></item>
/// <item><description>
/// <b>Not learning</b>, only where <see cref="ReferenceDrop"/> D is given: 0.2 T updates since the start or the last rollback, and L0 - best &lt; D / 4.
/// Then <see cref="GuardDecision.Restart"/>: a network that dies before it learns leaves its loss at L0, which nothing else tells from a slow start.
/// </description></item>
/// </list>
/// <para>After <see cref="MaxRollbacks"/> rollbacks and restarts the guard answers <see cref="GuardDecision.Continue"/> for ever: it is off, and
/// the scale stays.</para>
/// <para>After a rollback the candidate must be made equal to the good snapshot: it may have been taken when the training was lost and this was
/// not seen yet. Immutable and safe for use by several threads.</para>
/// </remarks>
public sealed record LossGuard
{
    /// <summary>A guard with the usual constants.</summary>
    /// <param name="updates">T, the updates in the whole run; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="updates"/> is below 1.</exception>
    public LossGuard(long updates) => Updates = Require.Positive(updates);

    /// <summary>T, the updates in the whole run.</summary>
    public long Updates { get; }

    /// <summary>L0 where it was measured before the run; null takes the first finite loss that is seen.</summary>
    public double? StartLoss { get; init => field = value is { } loss ? Require.Finite(loss, nameof(StartLoss)) : null; }

    /// <summary>The smoothing length h is T divided by this, within its bounds; above 0.</summary>
    public double SmoothingDivisor { get; init => field = Require.Positive(value, nameof(SmoothingDivisor)); } = 50;

    /// <summary>The least h, in updates; at least 1. Where it is above <see cref="MostSmoothing"/>, that one counts.</summary>
    public double LeastSmoothing { get; init => field = AtLeastOne(value, nameof(LeastSmoothing)); } = 3;

    /// <summary>The greatest h, in updates; at least 1.</summary>
    public double MostSmoothing { get; init => field = AtLeastOne(value, nameof(MostSmoothing)); } = 50;

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

    /// <summary>The factor on the rate at each rollback; above 0 and below 1.</summary>
    public double Cut { get; init => field = Require.Fraction(Require.Positive(value, nameof(Cut)), nameof(Cut)); } = 1 / Math.Sqrt(10);

    /// <summary>The most rollbacks and restarts together; at least 0.</summary>
    public int MaxRollbacks { get; init => field = AtLeastZero(value, nameof(MaxRollbacks)); } = 8;

    /// <summary>
    /// D, a drop of the loss that is known to be possible, such as that of a rehearsal; above 0. Null, the default, never restarts.
    /// </summary>
    public double? ReferenceDrop { get; init => field = value is { } drop ? Require.Positive(drop, nameof(ReferenceDrop)) : null; }

    /// <summary>The share of the run after which the network must have learned; in [0, 1).</summary>
    public double LearnBy { get; init => field = Require.Fraction(value, nameof(LearnBy)); } = 0.2;

    /// <summary>The share of <see cref="ReferenceDrop"/> that it must have learned by then; in [0, 1).</summary>
    public double LearnShare { get; init => field = Require.Fraction(value, nameof(LearnShare)); } = 0.25;

    /// <summary>The smoothing length h, in updates; at least 1.</summary>
    public double Smoothing => Math.Min(Math.Max(Updates / SmoothingDivisor, LeastSmoothing), MostSmoothing);

    /// <summary>The memory before the first update.</summary>
    public GuardState InitialState => new(GuardState.CurrentVersion, StartLoss, null, null, 0, 0, 0, 1, GuardDecision.Continue);

    /// <summary>The memory after an update, with the answer to its loss in <see cref="GuardState.Decision"/>.</summary>
    /// <param name="loss">The mean training loss over the update's batch; not finite where the update could not be applied.</param>
    /// <param name="state">The memory before it.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public GuardState Observe(double loss, GuardState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Rollbacks >= MaxRollbacks)
        {
            return state.Decision == GuardDecision.Continue ? state : state with { Decision = GuardDecision.Continue };
        }

        if (!double.IsFinite(loss))
        {
            return Back(GuardDecision.RollBack, state);
        }

        var start = state.StartLoss ?? loss;
        var smoothed = Smooth(state.Smoothed ?? start, loss);
        var updates = state.Updates + 1;
        double? best = updates >= Smoothing ? Math.Min(state.Best ?? smoothed, smoothed) : null;
        var seen = state with
        {
            StartLoss = start,
            Smoothed = smoothed,
            Best = best,
            Updates = updates,
            SinceKept = state.SinceKept + 1,
            Decision = GuardDecision.Continue,
        };
        return IsLost(start, smoothed, best) ? Back(GuardDecision.RollBack, seen)
            : HasNotLearned(start, best, updates) ? Back(GuardDecision.Restart, seen)
            : IsHealthy(start, smoothed, best) && seen.SinceKept >= Updates / KeepDivisor ? seen with { SinceKept = 0, Decision = GuardDecision.Keep }
            : seen;
    }

    private double Smooth(double average, double loss) => average + ((loss - average) / Smoothing);

    private bool IsLost(double start, double smoothed, double? best) =>
        !double.IsFinite(smoothed)
        || smoothed > (CeilingFactor * Math.Abs(start)) + CeilingOffset
        || (best is { } lowest && smoothed > lowest + Math.Max(LostShare * (start - lowest), LeastRise * Math.Abs(start)));

    private bool HasNotLearned(double start, double? best, long updates) =>
        ReferenceDrop is { } drop && best is { } lowest && updates >= LearnBy * Updates && start - lowest < LearnShare * drop;

    private bool IsHealthy(double start, double smoothed, double? best) => best is { } lowest && smoothed <= lowest + (KeepShare * (start - lowest));

    private GuardState Back(GuardDecision decision, GuardState state) => state with
    {
        Smoothed = null,
        Best = null,
        Updates = 0,
        SinceKept = 0,
        Rollbacks = state.Rollbacks + 1,
        Scale = state.Scale * Cut,
        Decision = decision,
    };

    private static double AtLeastOne(double value, string name) =>
        double.IsFinite(value) && value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 1.");

    private static int AtLeastZero(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
