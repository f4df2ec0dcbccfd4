namespace Rubato.Control;

/// <summary>A plan as a controller: it ignores what it sees.</summary>
/// <param name="Plan">The plan to follow.</param>
public sealed record PlanController(TrainingPlan Plan) : Controller
{
    /// <inheritdoc/>
    public override ControllerState InitialState => ControllerState.None;

    /// <inheritdoc/>
    public override HyperParameters Decide(in Progress progress, ControllerState state) => Plan.At(progress.Samples);

    /// <inheritdoc/>
    public override HyperParameters DecideGroup(int group, in Progress progress, ControllerState state) => Plan.At(progress.Samples, group);

    /// <inheritdoc/>
    public override ControllerState Observe(in Observation observation, ControllerState state) => state;
}
