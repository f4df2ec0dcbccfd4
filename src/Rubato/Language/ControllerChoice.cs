using Rubato.Control;

namespace Rubato.Language;

/// <summary>A controller that was asked for in place of a schedule of the learning rate, before there is a plan to put it over.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ControllerText"/> reads it.</remarks>
public abstract record ControllerChoice
{
    /// <summary>The word for it, such as <c>autowarmup</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The learning rate of the plan that <see cref="Over"/> is given.</summary>
    public abstract Schedule PlanRate { get; }

    /// <summary>The controller over a plan.</summary>
    /// <param name="plan">A plan whose learning rate is <see cref="PlanRate"/>.</param>
    /// <returns>The controller.</returns>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public abstract Controller Over(TrainingPlan plan);

    /// <summary>The canonical text.</summary>
    /// <returns>Text that <see cref="ControllerText.Parse"/> reads back to an equal choice.</returns>
    public sealed override string ToString() => Print();

    /// <summary>Writes the canonical text.</summary>
    /// <returns>What <see cref="ToString"/> returns.</returns>
    protected abstract string Print();
}
