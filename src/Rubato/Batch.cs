using Rubato.Control;
using Rubato.Language;

namespace Rubato;

/// <summary>
/// What is asked for as the global batch size of a run, before anything is measured: a schedule, or a size that grows by what is measured.
/// </summary>
/// <remarks>
/// A closed family: <see cref="ScheduledBatch"/> and <see cref="GrowingBatch"/>. A schedule and a number convert by themselves. Equality is
/// by value; <see cref="ToString"/> is text that <see cref="Parse"/> reads back to an equal batch. Immutable and safe for use by several
/// threads.
/// </remarks>
public abstract record Batch
{
    private protected Batch()
    {
    }

    /// <summary>A schedule of the global batch size.</summary>
    /// <param name="schedule">Its values are samples.</param>
    public static implicit operator Batch(Schedule schedule) => FromSchedule(schedule);

    /// <summary>A batch size that never changes.</summary>
    /// <param name="samples">At least 1.</param>
    public static implicit operator Batch(long samples) => FromInt64(samples);

    /// <summary>A schedule of the global batch size.</summary>
    /// <param name="schedule">Its values are samples.</param>
    /// <returns>The batch.</returns>
    public static Batch FromSchedule(Schedule schedule) => new ScheduledBatch(schedule);

    /// <summary>A batch size that never changes.</summary>
    /// <param name="samples">At least 1.</param>
    /// <returns>The batch.</returns>
    public static Batch FromInt64(long samples) => new ScheduledBatch(samples);

    /// <summary>A batch that grows with the measured noise of the gradient. Text: <c>adaptive(128, max 4096)</c>.</summary>
    /// <param name="first">The size to begin with, in samples; at least 1.</param>
    /// <param name="max">The largest size, in samples; null for a tenth of the training set.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static Batch Adaptive(long first, long? max = null) =>
        new GrowingBatch(first, AdaptiveBatchSettings.Default with { MaxBatch = max });

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A number or a schedule, in samples, or <c>adaptive(FIRST, option value, ...)</c>.</param>
    /// <param name="subject">What the text is, for messages.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; all findings at once, each with the column (from 1) where there is
    /// one.
    /// </exception>
    public static Batch Parse(string text, string subject = "batch")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        return (Batch?)AdaptiveBatchForm.Parse(text, subject)
            ?? new ScheduledBatch(Parser.ParseSchedule(text, ScheduleFunctions.None, subject));
    }

    /// <summary>The batch size of the plan that a run begins with, in samples.</summary>
    public abstract Schedule PlanBatch { get; }

    /// <summary>The controller that decides the batch, around the one that decides all else.</summary>
    /// <param name="inner">What decides all but the batch, over a plan whose batch size is <see cref="PlanBatch"/>.</param>
    /// <param name="multiple">What sizes are multiples of, where the batch does not say it; at least 1. Null for any size.</param>
    /// <returns>The controller: <paramref name="inner"/> itself unless the batch is decided while training goes on.</returns>
    /// <exception cref="InvalidInputException">The plan leaves no room for it; all findings at once.</exception>
    public virtual Controller Around(Controller inner, long? multiple = null) => inner;

    /// <summary>The canonical text.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal batch.</returns>
    public sealed override string ToString() => Print();

    private protected abstract string Print();
}
