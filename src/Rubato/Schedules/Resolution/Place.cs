namespace Rubato.Schedules;

/// <summary>Where on a time axis a schedule stands while its durations are converted.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Start">Where it begins, from the start of the run; NaN where that is at several places, or not known.</param>
/// <param name="Room">What the budget leaves to it, for <see cref="Duration.Rest"/>; infinite where there is no budget.</param>
/// <param name="Budget">What a share is a share of; infinite where there is no budget.</param>
internal readonly record struct Place(TimeAxis Axis, double Start, double Room, double Budget)
{
    // Sums and multiples of lengths must stay finite.
    private const double MostPositions = 1e250;

    /// <summary>The same without a known beginning: for what happens more than once, or on a time axis of its own.</summary>
    internal Place Anywhere => this with { Start = double.NaN };

    /// <summary>A duration in the axis' unit.</summary>
    /// <exception cref="InvalidInputException">It cannot be converted, or is too long to be counted.</exception>
    internal double Positions(Duration duration) => Counted(duration) switch
    {
        <= MostPositions and var positions => positions,
        _ => throw TooLong(duration, Axis.Unit),
    };

    /// <summary>Says that a duration is too long.</summary>
    internal static InvalidInputException TooLong(Duration duration, TimeUnit unit) => new(
        new Finding($"'{duration}' is longer than anything that can be counted in {Duration.NameOf(unit)}") { Remedy = "shorten it" });

    private double Counted(Duration duration) => duration.Unit switch
    {
        TimeUnit.Rest when double.IsFinite(Room) => Room,
        TimeUnit.Rest => throw new InvalidInputException(
            new Finding("a part without a length takes the rest of the budget, but none is known")
            {
                Remedy = "give it a length, such as 10ep",
            }),
        TimeUnit.Share when double.IsFinite(Budget) => duration.Value * Budget,
        TimeUnit.Share => throw new InvalidInputException(
            new Finding($"'{duration}' is a share of a budget, but none is known") { Remedy = "write it in ep, ba or sp" }),
        _ => Axis.Convert(duration, Start),
    };

    /// <summary>How many of a unit a number of positions is; null where that is not known.</summary>
    internal double? Within(double positions, TimeUnit unit) =>
        unit != TimeUnit.Share ? Axis.Within(positions, unit)
        : double.IsFinite(Budget) && Budget > 0 ? positions / Budget
        : null;

    /// <summary>The same as a duration.</summary>
    internal Duration Converted(Duration duration) => Duration.Of(Positions(duration), Axis.Unit);

    /// <summary>The same, but the rest stays the rest: for what goes on for ever at the end of a schedule.</summary>
    internal Duration ConvertedOrRest(Duration duration) => duration.IsRest ? duration : Converted(duration);
}
