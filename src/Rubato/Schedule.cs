using System.Text.Json.Serialization;
using Rubato.Language;
using Rubato.Schedules;

namespace Rubato;

/// <summary>
/// A value over time: an immutable expression, evaluated in closed form. Its lengths carry units; positions are counted in
/// <see cref="Unit"/>, and position 0 is where the schedule starts.
/// </summary>
/// <remarks>
/// A closed family: <c>Curves/</c>, <c>Combinators/</c> and <c>Recipes/</c>. Equality is by value; <see cref="ToString"/> is text that
/// <see cref="Parse(string)"/> reads back to an equal schedule. Beyond its end a schedule keeps its last value. A schedule with lengths of
/// several units, or one that takes the rest of a budget, is evaluated by a <see cref="TrainingPlan"/>, or after <see cref="Over"/>.
/// Immutable and safe for use by several threads.
/// </remarks>
public abstract partial record Schedule
{
    /// <summary>How many characters a text may have.</summary>
    internal const int MaxTextLength = 65536;

    private protected Schedule(Extent extent) => Extent = extent;

    /// <summary>
    /// In a <see cref="GroupSettings"/>, the plan's own schedule of the same quantity, as in <c>2 * Schedule.Base</c>;
    /// <see cref="ParameterGroups.Over"/> puts that in its place. Text, in groups only: <c>base</c>.
    /// </summary>
    public static Schedule Base { get; } = new BaseSchedule();

    /// <summary>
    /// The unit in which positions are counted; null where there is none because the schedule never changes, or because it needs a plan.
    /// </summary>
    [JsonIgnore]
    public TimeUnit? Unit => Extent.SingleUnit();

    /// <summary>
    /// Whether <see cref="At"/> can be asked: there is at most one unit, and every part's length is known.
    /// </summary>
    [JsonIgnore]
    public bool IsResolved => Extent.IsResolved;

    /// <summary>
    /// From which position on the value stays what it is, in <see cref="Unit"/>: 0 for a schedule that never changes, positive infinity for
    /// one that goes on for ever.
    /// </summary>
    /// <exception cref="InvalidOperationException">The schedule is not resolved.</exception>
    [JsonIgnore]
    public double End => IsResolved ? Extent.Length : throw Unresolved();

    internal Extent Extent { get; }

    /// <summary>Between which values it stays; of a resolved schedule.</summary>
    internal abstract Interval Bounds { get; }

    /// <summary>A schedule that never changes.</summary>
    /// <param name="value">
    /// The value. One that is not finite is not refused here: a <see cref="TrainingPlan"/> reports it, together with all other findings.
    /// </param>
    public static implicit operator Schedule(double value) => Schedules.Constant.Of(value);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Such as <c>linear(0 -> 0.1, 5ep) then cosine(0.1 -> 0)</c>.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">The text has another form; the message says the column and what was expected.</exception>
    public static Schedule Parse(string text) => Parser.ParseSchedule(text, ScheduleFunctions.None);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Such as <c>linear(0 -> 0.1, 5ep) then cosine(0.1 -> 0)</c>.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">The text has another form; the message says the column and what was expected.</exception>
    public static Schedule Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Parser.ParseSchedule(text, ScheduleFunctions.None, subject);
    }

    /// <summary>Reads the text form, with functions of your own.</summary>
    /// <param name="text">Such as <c>0.1 * function(my-decay)</c>.</param>
    /// <param name="functions">The functions that may be named.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">The text has another form; the message says the column and what was expected.</exception>
    public static Schedule Parse(string text, ScheduleFunctions functions) => Parser.ParseSchedule(text, functions);

    /// <summary>Whether a length anywhere inside is written in a unit.</summary>
    /// <param name="unit">Epochs, batches, samples or a share.</param>
    /// <returns>False for <see cref="TimeUnit.Rest"/>.</returns>
    public bool Uses(TimeUnit unit) => unit != TimeUnit.Rest && (Extent.Units & (1 << (int)unit)) != 0;

    /// <summary>The value at a position: what the update that starts there is made with.</summary>
    /// <param name="position">In <see cref="Unit"/>; at least 0, finite. 64-bit steps are exact up to 2^53.</param>
    /// <returns>The value; infinite only where growth without end leaves the range of a double.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The schedule is not resolved.</exception>
    public double At(double position)
    {
        if (!(position >= 0 && position <= double.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, "A position must be a finite number of at least 0.");
        }

        return IsResolved ? Evaluate(position) : throw Unresolved();
    }

    /// <summary>The values at equally spaced positions: <c>destination[i] = At(first + i * stride)</c>, to the last bit.</summary>
    /// <param name="first">The first position, in <see cref="Unit"/>; at least 0, finite.</param>
    /// <param name="stride">The distance; at least 0, finite.</param>
    /// <param name="destination">What is filled; nothing is allocated.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The schedule is not resolved.</exception>
    public void Fill(double first, double stride, Span<double> destination)
    {
        var last = first + (stride * Math.Max(destination.Length - 1, 0));
        if (!(first >= 0 && stride >= 0 && last <= double.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(first), first, "Positions must be finite numbers of at least 0.");
        }

        if (!IsResolved)
        {
            throw Unresolved();
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = first + (i * stride);
        }

        EvaluateAll(destination);
    }

    /// <summary>The text form.</summary>
    /// <returns>Text that <see cref="Parse(string)"/> reads back to an equal schedule.</returns>
    public sealed override string ToString() => Printer.Print(this);

    /// <summary>The formula; <paramref name="position"/> has been checked.</summary>
    internal abstract double Evaluate(double position);

    /// <summary>Replaces positions, in ascending order, by their values; a node does it faster where many positions share work.</summary>
    internal virtual void EvaluateAll(Span<double> positions)
    {
        foreach (ref var position in positions)
        {
            position = Evaluate(position);
        }
    }

    /// <summary>
    /// Up to which position the value surely stays what it is at <paramref name="position"/>; that position itself where it may not.
    /// </summary>
    internal abstract double HoldsUntil(double position);

    /// <summary>The same schedule with every duration in the unit of one axis.</summary>
    /// <exception cref="InvalidInputException">A duration cannot be converted; the sentence says how to mend it.</exception>
    internal abstract Schedule Resolve(in Place place);

    private InvalidOperationException Unresolved() => new(
        Extent.Reach == Reach.Rest && Extent.SingleUnit() is not null
            ? $"'{this}' takes the rest of a budget that is not known; call Over with a length, or put it in a TrainingPlan."
            : $"'{this}' cannot be evaluated by itself: its lengths have several units, or none; "
                + "call Over with a length, or put it in a TrainingPlan.");
}
