namespace Rubato.Schedules;

/// <summary>
/// A value over time: an immutable expression, evaluated in closed form. Position 0 is where the schedule starts; positions are
/// counted in the unit that its owner says (a <see cref="Plans.TrainingPlan"/> counts samples).
/// </summary>
/// <remarks>
/// A closed family: curves (<c>Curves/</c>) and combinators (<c>Combinators/</c>). Equality is by value. Beyond its
/// <see cref="Length"/> a schedule keeps its last value. Immutable and safe for use by several threads.
/// </remarks>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>How long the schedule changes, in the unit of positions; 0 for one that never does.</summary>
    public abstract double Length { get; }

    /// <summary>The value at a position.</summary>
    /// <param name="position">At least 0, finite.</param>
    /// <returns>The value; a finite number.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative or not finite.</exception>
    public double At(double position)
    {
        if (!(double.IsFinite(position) && position >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, "A position must be a finite number of at least 0.");
        }

        return Evaluate(position);
    }

    /// <summary>This schedule for its <see cref="Length"/>, then <paramref name="next"/> from its own position 0.</summary>
    /// <param name="next">What follows.</param>
    /// <returns>The joined schedule.</returns>
    public Schedule Then(Schedule next) => new Combinators.Then(this, next);

    /// <summary>The formula; <paramref name="position"/> has been checked.</summary>
    private protected abstract double Evaluate(double position);

    private protected static double EvaluateOf(Schedule schedule, double position) => schedule.Evaluate(position);
}
