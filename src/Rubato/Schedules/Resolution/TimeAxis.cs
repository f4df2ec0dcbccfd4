namespace Rubato.Schedules;

/// <summary>Converts durations to one unit, in which schedules are then evaluated.</summary>
internal abstract class TimeAxis
{
    /// <summary>What all durations become.</summary>
    internal abstract TimeUnit Unit { get; }

    /// <summary>How many of <see cref="Unit"/> a duration is.</summary>
    /// <param name="duration">In epochs, batches or samples.</param>
    /// <param name="start">
    /// Where it begins, counted from the start of the run; NaN where it begins at several places, or at one that is not known.
    /// </param>
    /// <exception cref="InvalidInputException">It cannot be converted; the sentence says how to mend it.</exception>
    internal abstract double Convert(Duration duration, double start);

    /// <summary>How many of a unit a number of positions is; null where that depends on where they are, or is not known.</summary>
    internal abstract double? Within(double positions, TimeUnit unit);
}

/// <summary>Knows one unit only.</summary>
internal sealed class SingleUnitAxis(TimeUnit unit) : TimeAxis
{
    internal override TimeUnit Unit => unit;

    internal override double? Within(double positions, TimeUnit unit) => unit == Unit ? positions : null;

    internal override double Convert(Duration duration, double start) =>
        duration.Unit == unit
            ? duration.Value
            : throw new InvalidInputException(new Finding($"'{duration}' cannot be counted in {Duration.NameOf(unit)} without a plan")
            {
                Remedy = $"write it in {Duration.NameOf(unit)}",
            });
}
