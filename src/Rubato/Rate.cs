using Rubato.Control;
using Rubato.Language;

namespace Rubato;

/// <summary>What is asked for as the learning rate of a run, before anything is measured: a schedule, or a way to find one.</summary>
/// <remarks>
/// A closed family: <see cref="ScheduledRate"/>, <see cref="PeakRate"/>, <see cref="UsualRate"/>, <see cref="RehearsedRate"/>,
/// <see cref="RangeTestedRate"/>, <see cref="AutoWarmupRate"/>, <see cref="PlateauRate"/> and <see cref="PolyakRate"/>. A schedule and a
/// number convert by themselves. Equality is by value; <see cref="ToString"/> is text that <see cref="Parse"/> reads back to an equal rate.
/// Immutable and safe for use by several threads.
/// </remarks>
public abstract record Rate
{
    private protected Rate()
    {
    }

    /// <summary>
    /// The optimizer's usual rate for the network, as the peak of a warm-up that is followed by a cosine to 0. Text: <c>usual</c>.
    /// </summary>
    public static Rate Usual { get; } = new UsualRate();

    /// <summary>A schedule of the learning rate.</summary>
    /// <param name="schedule">Its values are rates.</param>
    public static implicit operator Rate(Schedule schedule) => FromSchedule(schedule);

    /// <summary>A peak: a linear warm-up, followed by a cosine to 0.</summary>
    /// <param name="peak">Finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="peak"/> is not.</exception>
    public static implicit operator Rate(double peak) => FromPeak(peak);

    /// <summary>A schedule of the learning rate.</summary>
    /// <param name="schedule">Its values are rates.</param>
    /// <returns>The rate.</returns>
    public static Rate FromSchedule(Schedule schedule) => new ScheduledRate(schedule);

    /// <summary>A peak: a linear warm-up, followed by a cosine to 0. Text: <c>0.1</c>.</summary>
    /// <param name="peak">Finite, above 0.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="peak"/> is not.</exception>
    public static Rate FromPeak(double peak) => new PeakRate(peak);

    /// <summary>
    /// A rate that is found by a <see cref="Control.Rehearsal"/> before the run. Text: <c>auto</c>, <c>auto(free 0) * cosine(1 -> 0)</c>.
    /// </summary>
    /// <param name="shape">A schedule in shares of the rate that is found; null for a warm-up followed by a linear fall to 0.</param>
    /// <param name="freeSamples">
    /// Samples that the rehearsal may take outside the budget of the run, at least 0; null for about two seconds' worth.
    /// </param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="freeSamples"/> is below 0.</exception>
    public static Rate Rehearsed(Schedule? shape = null, long? freeSamples = null) => new RehearsedRate(shape, freeSamples);

    /// <summary>
    /// Rates between bounds that a range test finds before the run. Text: <c>one-cycle</c>, <c>clr(triangular2, cycles 3)</c>.
    /// </summary>
    /// <param name="policy">How the rate moves between the bounds.</param>
    /// <param name="cycles">How many cycles the run has; at least 1. Null lets the length of the run decide.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cycles"/> is below 1.</exception>
    /// <exception cref="ArgumentException">One cycle is given a number of cycles.</exception>
    public static Rate RangeTested(CyclePolicy policy, long? cycles = null) => new RangeTestedRate(policy, cycles);

    /// <summary>
    /// A rate that rises until the loss no longer falls, and then decays. Text: <c>autowarmup(max-lr 10) then cosine(1 -> 0)</c>.
    /// </summary>
    /// <param name="settings">What the controller is told; null for <see cref="AutoWarmupSettings.Default"/>.</param>
    /// <returns>The rate.</returns>
    public static Rate AutoWarmup(AutoWarmupSettings? settings = null) => new AutoWarmupRate(settings ?? AutoWarmupSettings.Default);

    /// <summary>A rate that is reduced where the loss no longer falls. Text: <c>plateau(0.1, patience 5)</c>.</summary>
    /// <param name="rate">The rate until the first reduction; finite, above 0.</param>
    /// <param name="settings">What the controller is told; null for <see cref="ReduceOnPlateauSettings.Default"/>.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not.</exception>
    public static Rate Plateau(double rate, ReduceOnPlateauSettings? settings = null) =>
        new PlateauRate(warmup: null, rate, settings ?? ReduceOnPlateauSettings.Default);

    /// <summary>
    /// A rate that is taken from the loss and the gradient of the updates before. Text: <c>polyak</c>, <c>polyak(2) * cosine(1 -> 0)</c>.
    /// </summary>
    /// <param name="multiple">The factor on the rate that takes the linearised loss to 0; finite, above 0.</param>
    /// <param name="shape">A schedule in shares of that rate; null for a warm-up followed by a linear fall to 0.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="multiple"/> is not.</exception>
    public static Rate Polyak(double multiple = 1, Schedule? shape = null) => new PolyakRate(multiple, shape);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text of any rate of the family; a number is a peak, and in parentheses a schedule that never changes.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; all findings at once, each with the column (from 1) where there is
    /// one.
    /// </exception>
    public static Rate Parse(string text, string subject = "learning rate")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        return RateForms.Parse(text, subject);
    }

    /// <summary>The share of the run that warms up where nobody says, in [0, 1); null where the rate says itself how it warms up.</summary>
    public virtual double? UsualWarmup => null;

    /// <summary>
    /// The learning rate of the plan that a run begins with: the schedule that is asked for; shares of a rate or of bounds that are still
    /// to be found; or what a controller goes by.
    /// </summary>
    /// <param name="length">The length of the run.</param>
    /// <param name="epochs">The same in epochs; null where the size of the training set is not known.</param>
    /// <param name="warmup">
    /// The share of the run that warms up, in [0, 1), where <see cref="UsualWarmup"/> is not null; null takes that.
    /// </param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidOperationException">
    /// The rate is <see cref="Usual"/>, which nothing but an optimizer can turn into a number.
    /// </exception>
    public abstract Schedule PlanRate(Duration length, double? epochs, double? warmup = null);

    /// <summary>The controller of the rate over a plan.</summary>
    /// <param name="plan">A plan whose learning rate is <see cref="PlanRate"/>, or what was found in its place.</param>
    /// <param name="usualRate">
    /// The optimizer's usual rate, finite and above 0, where the rate is a <see cref="PolyakRate"/>; nothing else needs it.
    /// </param>
    /// <returns>The controller: one that follows the plan, unless the rate is decided while training goes on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="usualRate"/> is needed, but missing.</exception>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public virtual Controller Over(TrainingPlan plan, double? usualRate = null) => new PlanController(plan);

    /// <summary>The canonical text.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal rate.</returns>
    public sealed override string ToString() => Print();

    private protected abstract string Print();

    private protected static double RequireShare(double warmup) => warmup is >= 0 and < 1
        ? warmup
        : throw new ArgumentOutOfRangeException(nameof(warmup), warmup, "warmup must be at least 0 and below 1.");
}
