namespace Rubato.Control;

/// <summary>
/// A controller with a guard around it: every rate that it decides, those of groups too, is multiplied by the guard's scale. The clock of the
/// controller within is never set back: what a rollback undid stays lost.
/// </summary>
/// <param name="Inner">
/// The controller within. It sees each applied update as it was applied, the scale included, and none that was not; and it is told of each rollback.
/// </param>
/// <param name="Guard">The guard.</param>
/// <remarks>
/// Whoever trains obeys <see cref="GuardState.Decision"/> after each <see cref="Observe"/>, and hands over also an update whose loss was not
/// finite and that was not applied. The guard is the outermost controller. Immutable and safe for use by several threads.
/// </remarks>
public sealed record GuardedController(Controller Inner, LossGuard Guard) : Controller
{
    /// <inheritdoc/>
    public override ControllerState InitialState => new GuardedState(Inner.InitialState, Guard.InitialState);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="GuardedState"/>.</exception>
    public override HyperParameters Decide(in Progress progress, ControllerState state)
    {
        var guarded = Own(state);
        return Scaled(Inner.Decide(progress, guarded.Inner), guarded);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="GuardedState"/>.</exception>
    public override HyperParameters DecideGroup(int group, in Progress progress, ControllerState state)
    {
        var guarded = Own(state);
        return Scaled(Inner.DecideGroup(group, progress, guarded.Inner), guarded);
    }

    /// <summary>The memory after an update.</summary>
    /// <param name="observation">What was seen of the update; one whose loss is not finite was not applied.</param>
    /// <param name="state">The memory before it.</param>
    /// <returns>The memory after it, with the guard's answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="GuardedState"/>.</exception>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var guarded = Own(state);
        var inner = double.IsFinite(observation.Loss) ? Inner.Observe(observation, guarded.Inner) : guarded.Inner;
        var guard = Guard.Observe(observation.Loss, observation.GradientNorm, guarded.Guard);
        if (guard.Decision is GuardDecision.RollBack or GuardDecision.Restart)
        {
            inner = Inner.RolledBack(observation, inner);
        }

        return ReferenceEquals(inner, guarded.Inner) && ReferenceEquals(guard, guarded.Guard) ? guarded : new GuardedState(inner, guard);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="GuardedState"/>.</exception>
    public override bool IsSearching(ControllerState state) => Inner.IsSearching(Own(state).Inner);

    private HyperParameters Scaled(in HyperParameters decided, GuardedState state) =>
        decided with { LearningRate = decided.LearningRate * Guard.ScaleOf(state.Guard) };

    private static GuardedState Own(ControllerState state) =>
        state as GuardedState ?? throw new ArgumentException($"The state is a {state?.GetType().Name ?? "null"}; a guarded controller needs a GuardedState.", nameof(state));
}
