namespace Rubato.Control;

/// <summary>A plan as a controller: it ignores what it sees.</summary>
public sealed record PlanController : Controller
{
    /// <summary>A plan as a controller.</summary>
    /// <param name="plan">The plan to follow.</param>
    /// <exception cref="InvalidInputException">The plan has no <see cref="PlanSettings.LearningRate"/>.</exception>
    public PlanController(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan.Settings.HasLearningRate ? plan : throw new InvalidInputException(new Finding(
            nameof(PlanSettings.LearningRate),
            null,
            "is missing, and nothing else decides it",
            "give it, or drive a controller that finds it, such as AutoWarmup"));
    }

    /// <inheritdoc/>
    public override TrainingPlan Plan { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState => ControllerState.None;

    /// <inheritdoc/>
    public override HyperParameters Decide(in Progress progress, ControllerState state) => Plan.At(progress.Samples);

    /// <inheritdoc/>
    public override HyperParameters DecideGroup(string group, in Progress progress, ControllerState state) =>
        Plan.At(progress.Samples, group);

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) => new PlanController(plan);

    /// <inheritdoc/>
    public override ControllerState Observe(in Observation observation, ControllerState state) => state;
}
