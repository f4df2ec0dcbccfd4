using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>
/// Decides the hyper-parameters of each update from what it has seen. The controller itself is frozen configuration; all memory is the
/// <see cref="ControllerState"/> that is handed in and back.
/// </summary>
/// <remarks>
/// The loop, which a <see cref="Driver"/> keeps: <c>decide, update, observe</c>. Deciding has no effect and may be repeated, so that a run
/// can be previewed by the code that drives it. Immutable and safe for use by several threads.
/// </remarks>
public abstract record Controller
{
    /// <summary>The plan: budget, parameter groups, and what the controller leaves as it is.</summary>
    public abstract TrainingPlan Plan { get; }

    /// <summary>The memory before the first update.</summary>
    public abstract ControllerState InitialState { get; }

    /// <summary>How a memory of a type of your own is saved; null, the default, if it is one of the package's.</summary>
    public virtual StateType? StateType => null;

    /// <summary>Those of this controller and of the ones within it.</summary>
    internal virtual IEnumerable<StateType> StateTypes => StateType is { } own ? [own] : [];

    /// <summary>What the next update is made with.</summary>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters.</returns>
    public abstract HyperParameters Decide(in Progress progress, ControllerState state);

    /// <summary>
    /// What the parameters of one of the plan's groups are updated with: what <see cref="Decide"/> says, unless a controller knows of
    /// groups.
    /// </summary>
    /// <param name="group">The group's name in <see cref="PlanSettings.Groups"/>.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters; the batch size is that of <see cref="Decide"/>.</returns>
    /// <exception cref="ArgumentException">There is no such group, and the controller knows of groups.</exception>
    public virtual HyperParameters DecideGroup(string group, in Progress progress, ControllerState state) => Decide(progress, state);

    /// <summary>The memory after an applied update.</summary>
    /// <param name="observation">What was seen of the update.</param>
    /// <param name="state">The memory before it.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public abstract ControllerState Observe(in Observation observation, ControllerState state);

    /// <summary>
    /// The memory after network and optimizer were put back to an earlier moment because the loss was lost: the same, unless a controller
    /// draws conclusions from it.
    /// </summary>
    /// <param name="observation">
    /// The update by which that was decided; one whose loss is not finite was not applied, and was not observed.
    /// </param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public virtual ControllerState RolledBack(in Observation observation, ControllerState state) => state;

    /// <summary>
    /// The memory after the network was evaluated between two updates: the same, unless a controller goes by evaluations.
    /// </summary>
    /// <param name="metrics">What was measured.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it; <paramref name="state"/> itself where nothing changed.</returns>
    public virtual ControllerState Evaluated(in EvaluationMetrics metrics, in Progress progress, ControllerState state) => state;

    /// <summary>
    /// Whether the controller is still looking for its learning rate, so that what is measured now belongs to rates that are only tried:
    /// never, unless a controller looks for one.
    /// </summary>
    /// <param name="state">The current memory.</param>
    /// <returns>Whether it is.</returns>
    public virtual bool IsSearching(ControllerState state) => false;

    /// <summary>
    /// The same controller over another plan, for <see cref="ResumePolicy.Keep"/>; null, the default, if it has a plan of its own making.
    /// </summary>
    /// <param name="plan">The other plan.</param>
    /// <returns>The controller; null if it cannot be moved.</returns>
    /// <exception cref="InvalidInputException">The controller does not go together with that plan; all findings at once.</exception>
    public virtual Controller? WithPlan(TrainingPlan plan) => null;

    /// <summary>
    /// The memory after the clock of samples was set to the same epoch of a data set of another size: positions in it are multiplied, all
    /// else stays. The same, unless a controller remembers positions.
    /// </summary>
    /// <param name="state">The memory.</param>
    /// <param name="factor">The samples in an epoch now, over those before; above 0.</param>
    /// <returns>The memory; <paramref name="state"/> itself if nothing changed.</returns>
    public virtual ControllerState Moved(ControllerState state, double factor) => state;

    /// <summary>
    /// What happened between two memories, one report apart: nothing, unless a controller does more than follow its schedule.
    /// </summary>
    /// <param name="before">The memory before the report.</param>
    /// <param name="after">The memory after it.</param>
    /// <returns>The events in their order.</returns>
    public virtual ImmutableArray<ControllerEvent> Events(ControllerState before, ControllerState after) => [];
}
