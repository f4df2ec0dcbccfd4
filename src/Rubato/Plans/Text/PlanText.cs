namespace Rubato.Plans.Text;

/// <summary>Reads plans that a user wrote.</summary>
public static class PlanText
{
    /// <summary>Reads every schedule of a plan.</summary>
    /// <param name="texts">What the user wrote.</param>
    /// <returns>The settings of a <see cref="TrainingPlan"/>.</returns>
    /// <exception cref="InvalidInputException">Something cannot be read; all findings at once, each beginning with its flag.</exception>
    public static PlanSettings Parse(PlanTexts texts) => throw new NotSupportedException();
}
