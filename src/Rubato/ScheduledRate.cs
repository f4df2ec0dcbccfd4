using System.Globalization;

namespace Rubato;

/// <summary>
/// A learning rate that is known before the run. Text: that of the schedule, such as <c>cosine(0.1 -> 0)</c>; <c>(0.1)</c> for one that
/// never changes.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ScheduledRate : Rate
{
    /// <summary>A rate.</summary>
    /// <param name="schedule">Its values are rates.</param>
    public ScheduledRate(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Schedule = schedule;
    }

    /// <summary>The schedule.</summary>
    public Schedule Schedule { get; }

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) => Schedule;

    // A bare number is a peak.
    private protected override string Print() =>
        $"{Schedule}" is var text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"({text})" : text;
}
