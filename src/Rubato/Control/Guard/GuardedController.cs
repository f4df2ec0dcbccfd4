using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>
/// A controller with a guard around it: every rate that it decides, those of groups too, is multiplied by the guard's scale. The clock of
/// the controller within is never set back: what a rollback undid stays lost.
/// </summary>
/// <remarks>
/// The controller within sees each applied update as it was applied, the scale included. It sees no other update, and is told of each
/// rollback. Whoever trains obeys <see cref="GuardState.Decision"/> after each <see cref="Observe"/>, and reports every update, also one
/// that was not applied because its loss was not finite. The guard is the outermost controller. Immutable and safe for use by several
/// threads.
/// </remarks>
public sealed record GuardedController : WrappingController<GuardedState>
{
    /// <summary>A guard around a controller.</summary>
    /// <param name="inner">The controller within.</param>
    /// <param name="guard">The guard.</param>
    public GuardedController(Controller inner, LossGuard guard)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(guard);
        Guard = guard;
    }

    /// <summary>The guard.</summary>
    public LossGuard Guard { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState => new GuardedState(Inner.InitialState, Guard.InitialState);

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) =>
        Inner.WithPlan(plan) is { } inner ? new GuardedController(inner, Guard) : null;

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

    /// <summary>What happened between two memories: a rollback or a restart, and then what happened to the controller within.</summary>
    /// <param name="before">The memory before the report.</param>
    /// <param name="after">The memory after it.</param>
    /// <returns>The events in their order.</returns>
    /// <exception cref="ArgumentException">A memory is no <see cref="GuardedState"/>.</exception>
    public override ImmutableArray<ControllerEvent> Events(ControllerState before, ControllerState after)
    {
        var (old, now) = (Own(before), Own(after));
        var inner = Inner.Events(old.Inner, now.Inner);
        return now.Guard.Rollbacks == old.Guard.Rollbacks ? inner
            : now.Guard.Decision == GuardDecision.Restart ? [new Restarted(now.Guard.Scale), .. inner]
            : [new RolledBack(now.Guard.Scale), .. inner];
    }

    /// <inheritdoc/>
    protected override HyperParameters Adjust(in HyperParameters decided, in Progress progress, GuardedState state) =>
        decided with { LearningRate = decided.LearningRate * Guard.ScaleOf(state.Guard) };
}
