using Rubato.Control;
using Rubato.Numerics;

namespace Rubato.Language;

/// <summary>An <see cref="AdaptiveBatch"/> that was asked for in place of a schedule of the batch size, before there is a plan to put it over.</summary>
/// <remarks>Immutable; equality is by value. <see cref="AdaptiveBatchText"/> reads it.</remarks>
public sealed record AdaptiveBatchChoice
{
    /// <summary>A choice.</summary>
    /// <param name="firstBatch">The batch to begin with; at least 1.</param>
    /// <param name="settings">What the controller is told; <see cref="AdaptiveBatchSettings.Default"/> where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="firstBatch"/> is below 1.</exception>
    public AdaptiveBatchChoice(long firstBatch, AdaptiveBatchSettings? settings = null) =>
        (FirstBatch, Settings) = (Require.Positive(firstBatch), settings ?? AdaptiveBatchSettings.Default);

    /// <summary>The batch to begin with.</summary>
    public long FirstBatch { get; }

    /// <summary>What the controller is told.</summary>
    public AdaptiveBatchSettings Settings { get; }

    /// <summary>The batch size of the plan that <see cref="Over"/> is given.</summary>
    public Schedule PlanBatch => FirstBatch;

    /// <summary>The controller around another one.</summary>
    /// <param name="inner">The controller whose batch is replaced.</param>
    /// <param name="plan">A plan whose batch size is <see cref="PlanBatch"/>.</param>
    /// <returns>The controller.</returns>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public AdaptiveBatch Over(Controller inner, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new AdaptiveBatch(inner, Settings);
    }

    /// <summary>The canonical text.</summary>
    /// <returns>Text that <see cref="AdaptiveBatchText.Parse"/> reads back to an equal choice.</returns>
    public override string ToString() => AdaptiveBatchForm.Print(this);
}
