namespace Rubato;

/// <summary>
/// A global batch size that is known before the run, in samples. Text: that of the schedule, such as <c>128</c> or <c>step(128, 5,
/// 10ep)</c>.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ScheduledBatch : Batch
{
    /// <summary>A batch.</summary>
    /// <param name="schedule">Its values are samples.</param>
    public ScheduledBatch(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        PlanBatch = schedule;
    }

    /// <summary>The schedule.</summary>
    public override Schedule PlanBatch { get; }

    private protected override string Print() => $"{PlanBatch}";
}
