namespace Rubato.Control;

/// <summary>
/// Takes the rate from the loss and the gradient, as Polyak's step size does, and multiplies it by the shares that another controller
/// decides. Around a plan: the plan's learning rate is the shape.
/// </summary>
/// <remarks>
/// <para>
/// With the mean loss f of an update, its mean gradient g, and the direction d by which the optimizer moves the weights for a rate of 1,
/// the step of rate <c>f / &lt;g, d&gt;</c> takes the linearised loss to 0. The rate of update t is <c>c s_t b_t</c>: multiple c
/// (<see cref="PolyakSettings.Multiple"/>), share s_t of the controller within, and the base
/// <c>b_t = min(F / D, rise b_(t-1))</c>, where F and D are averages of the losses and of the descents
/// (<see cref="Observation.Descent"/>) of the updates before t: <c>F = a F + (1 - a) f</c>, <c>D = a D + (1 - a) &lt;g, d&gt;</c>, with
/// a = <see cref="PolyakSettings.Averaging"/>, both from 0, so that F / D is a ratio of sums of equal weights. So a rate is known before
/// its gradient, and no pass is made twice. Before the first descent the base is <see cref="PolyakSettings.FirstRate"/>.
/// </para>
/// <para>
/// The last base stands where there is no such step: where F or D is not above 0, as with a momentum that goes against the gradient, or
/// where the step is beyond the range of numbers. An update whose loss is below 0 or whose loss or descent is not finite is in neither
/// average: it says nothing of how far 0 is. An update at the rate 0 has no descent, and is not averaged either.
/// </para>
/// <para>
/// The base may fall freely, but rise by at most <see cref="PolyakSettings.MostRise"/> at each update, since the averages of the
/// first updates are over few of them. After a rollback the averages begin anew, as they are of weights that are gone. Groups are
/// multiplied by what the base rate is multiplied by, so their ratios stay. Batch, momentum and weight decay are those of the controller
/// within.
/// </para>
/// <para>
/// The step: Polyak 1969; with the losses of batches: Loizou, Vaswani, Laradji, Lacoste-Julien 2021, arXiv 2002.10542. Immutable and safe
/// for use by several threads. The same losses and descents give the same decisions, bit by bit.
/// </para>
/// </remarks>
public sealed record Polyak : WrappingController<PolyakState>
{
    /// <summary>A controller over a plan.</summary>
    /// <param name="plan">The plan, whose learning rate is the shape, in shares.</param>
    /// <param name="settings">What to do.</param>
    /// <exception cref="InvalidInputException">The plan has no <see cref="PlanSettings.LearningRate"/>.</exception>
    public Polyak(TrainingPlan plan, PolyakSettings settings)
        : this(new PlanController(plan), settings)
    {
    }

    /// <summary>A controller around another one.</summary>
    /// <param name="inner">The controller whose rates are shares. It sees each update as it was applied.</param>
    /// <param name="settings">What to do.</param>
    public Polyak(Controller inner, PolyakSettings settings)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        InitialState = new PolyakState(Inner.InitialState, settings.FirstRate);
    }

    /// <summary>The settings.</summary>
    public PolyakSettings Settings { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState { get; }

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) => Inner.WithPlan(plan) is { } inner ? new Polyak(inner, Settings) : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="PolyakState"/>.</exception>
    /// <exception cref="InvalidOperationException">An update at a rate above 0 has no <see cref="Observation.Descent"/>.</exception>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var seen = Seen(observation, own);
        var inner = Inner.Observe(observation, own.Inner);
        return ReferenceEquals(inner, own.Inner) ? seen : seen with { Inner = inner };
    }

    /// <summary>The memory after a rollback: the averages begin anew, and the base stands.</summary>
    /// <param name="observation">The update by which that was decided.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="PolyakState"/>.</exception>
    public override ControllerState RolledBack(in Observation observation, ControllerState state) =>
        Own(base.RolledBack(observation, state)) with { Loss = 0, Descent = 0 };

    /// <inheritdoc/>
    protected override HyperParameters Adjust(in HyperParameters decided, in Progress progress, PolyakState state) =>
        decided with { LearningRate = decided.LearningRate * (Settings.Multiple * state.Base) };

    private PolyakState Seen(in Observation observation, PolyakState state)
    {
        if (!(double.IsFinite(observation.Loss) && observation.Loss >= 0))
        {
            return state;
        }

        if (observation.Descent is not { } seen)
        {
            return observation.Applied.LearningRate > 0 ? throw WithoutDescent() : state;
        }

        if (!double.IsFinite(seen))
        {
            return state;
        }

        var loss = Averaged(state.Loss, observation.Loss);
        var descent = Averaged(state.Descent, seen);
        var wanted = Math.Min(loss / descent, Settings.MostRise * state.Base);
        var isStep = descent > 0 && wanted > 0 && double.IsFinite(Settings.Multiple * wanted);
        return state with { Loss = loss, Descent = descent, Base = isStep ? wanted : state.Base };
    }

    private double Averaged(double average, double value) => (Settings.Averaging * average) + ((1 - Settings.Averaging) * value);

    private static InvalidOperationException WithoutDescent() => new(
        "An update was reported without its descent, from which Polyak takes the rate; "
        + "measure <g, w_before - w_after> / rate over all parameters, and report it with the loss.");
}
