using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>A controller around another one, whose answers it adjusts: it forwards all that it does not decide itself.</summary>
/// <typeparam name="TState">Its memory, which holds that of the controller within.</typeparam>
/// <remarks>Immutable and safe for use by several threads.</remarks>
public abstract record WrappingController<TState> : Controller
    where TState : WrappingState
{
    /// <summary>A controller around another one.</summary>
    /// <param name="inner">The controller within.</param>
    protected WrappingController(Controller inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The controller within.</summary>
    public Controller Inner { get; }

    /// <inheritdoc/>
    public override TrainingPlan Plan => Inner.Plan;

    /// <inheritdoc/>
    internal override IEnumerable<StateType> StateTypes => [.. Inner.StateTypes, .. base.StateTypes];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller.</exception>
    public override HyperParameters Decide(in Progress progress, ControllerState state)
    {
        var own = Own(state);
        return Adjust(Inner.Decide(progress, own.Inner), progress, own);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller, or there is no such group.</exception>
    public override HyperParameters DecideGroup(string group, in Progress progress, ControllerState state)
    {
        var own = Own(state);
        return Adjust(Inner.DecideGroup(group, progress, own.Inner), progress, own);
    }

    /// <summary>The memory after a rollback: that of the controller within. Its own stands.</summary>
    /// <param name="observation">The update by which that was decided.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller.</exception>
    public override ControllerState RolledBack(in Observation observation, ControllerState state)
    {
        WrappingState own = Own(state);
        var inner = Inner.RolledBack(observation, own.Inner);
        return ReferenceEquals(inner, own.Inner) ? own : own with { Inner = inner };
    }

    /// <summary>The memory after an evaluation: that of the controller within. Its own stands.</summary>
    /// <param name="metrics">What was measured.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller.</exception>
    public override ControllerState Evaluated(in EvaluationMetrics metrics, in Progress progress, ControllerState state)
    {
        WrappingState own = Own(state);
        var inner = Inner.Evaluated(metrics, progress, own.Inner);
        return ReferenceEquals(inner, own.Inner) ? own : own with { Inner = inner };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller.</exception>
    public override ControllerState Moved(ControllerState state, double factor)
    {
        WrappingState own = Own(state);
        var inner = Inner.Moved(own.Inner, factor);
        return ReferenceEquals(inner, own.Inner) ? own : own with { Inner = inner };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is of another controller.</exception>
    public override bool IsSearching(ControllerState state) => Inner.IsSearching(Own(state).Inner);

    /// <summary>What happened between two memories: to the controller within, and then to this one.</summary>
    /// <param name="before">The memory before the report.</param>
    /// <param name="after">The memory after it.</param>
    /// <returns>The events in their order.</returns>
    /// <exception cref="ArgumentException">A memory is of another controller.</exception>
    public override ImmutableArray<ControllerEvent> Events(ControllerState before, ControllerState after)
    {
        var (old, now) = (Own(before), Own(after));
        var inner = Inner.Events(old.Inner, now.Inner);
        return OwnEvent(old, now) is { } own ? [.. inner, own] : inner;
    }

    /// <summary>What this controller makes of the answer of the one within.</summary>
    /// <param name="decided">The answer, for the plan or for a group.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters.</returns>
    protected abstract HyperParameters Adjust(in HyperParameters decided, in Progress progress, TState state);

    /// <summary>What happened to this controller between two memories: nothing, unless it says so.</summary>
    /// <param name="before">The memory before the report.</param>
    /// <param name="after">The memory after it.</param>
    /// <returns>The event; null for none.</returns>
    protected virtual ControllerEvent? OwnEvent(TState before, TState after) => null;

    /// <summary>A memory as this controller's own.</summary>
    /// <param name="state">The memory.</param>
    /// <returns>The same memory.</returns>
    /// <exception cref="ArgumentException">It is of another controller.</exception>
    protected TState Own(ControllerState state) =>
        state as TState
        ?? throw new ArgumentException(
            $"The state is a {state?.GetType().Name ?? "null"}; it must come from {GetType().Name}'s InitialState or Observe.",
            nameof(state));
}
