using System.Collections.Immutable;
using Rubato.Control;
using Rubato.Json;
using Rubato.Plans;

namespace Rubato;

/// <summary>
/// Drives a training loop of your own by a plan or by any other <see cref="Control.Controller"/>: says what the next update is made with,
/// is told what came of it, and keeps the progress and the controller's memory.
/// </summary>
/// <remarks>
/// <code>
/// var driver = new Driver(plan);                  // or new Driver(new AutoWarmup(plan)), and so on
/// while (driver.TryNext(out var values))
/// {
///     optimizer.LearningRate = values.LearningRate;
///     driver.Report(Train(values.BatchSize));     // the loss; driver.Skip() for an update that was not applied
/// }
/// </code>
/// <para>
/// A turn begins with <see cref="TryNext"/>, <see cref="Next"/> or <see cref="NextOf"/>, in any order and as often as needed, and ends with
/// <see cref="Report"/> or <see cref="Skip"/>. Until then every question has the same answer. Nothing is written to an optimizer: the loop
/// does that.
/// </para>
/// <para>
/// If the plan has parameter groups, the loop asks for each of them before its first update is applied, even for one whose layers are
/// frozen at the start; a group that is forgotten is an error. A turn over a plan allocates nothing. Not safe for use by several threads.
/// </para>
/// </remarks>
public sealed class Driver
{
    private bool[] _isAsked = [];
    private bool _knowsGroups;

    // What this turn is made with, once it was asked for. In pieces, since a processor stalls if it reads as a whole what it has just
    // written piece by piece.
    private double _rate;
    private long _batch;
    private double _momentum;
    private double _decay;
    private bool _isDecided;

    // Whether the budget was seen to have room for this turn: to ask the plan costs as much as all else of a turn.
    private bool _hasRoom;

    // The pieces of the last observation. Put together for every turn it would cost as much as all else of a turn over a plan.
    private Progress _progress;
    private Progress _seenAt;
    private HyperParameters _applied;
    private double _loss;
    private double? _gradientNorm;
    private GradientNoise? _noise;
    private double? _descent;
    private ControllerState _before;

    /// <summary>A driver at the start of a plan.</summary>
    /// <param name="plan">The plan to follow, whatever the losses are.</param>
    /// <exception cref="InvalidInputException">The plan has no <see cref="PlanSettings.LearningRate"/>.</exception>
    public Driver(TrainingPlan plan)
        : this(new PlanController(plan ?? throw new ArgumentNullException(nameof(plan))))
    {
    }

    /// <summary>A driver at the start of a controller's plan.</summary>
    /// <param name="controller">Decides each update; its plan has the budget and the parameter groups.</param>
    public Driver(Controller controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        Controller = controller;
        State = _before = controller.InitialState;
        Follow(controller);
    }

    /// <summary>The controller that decides; another one only after <see cref="Restore"/> with <see cref="ResumePolicy.Keep"/>.</summary>
    public Controller Controller { get; private set; }

    /// <summary>The controller's plan.</summary>
    public TrainingPlan Plan => Controller.Plan;

    /// <summary>What was applied so far.</summary>
    public Progress Progress => _progress;

    /// <summary>The controller's memory after the last report.</summary>
    public ControllerState State { get; private set; }

    /// <summary>The guard's memory after the last report; null without a <see cref="GuardedController"/>.</summary>
    public GuardState? Guard => (State as GuardedState)?.Guard;

    /// <summary>What was last reported; <c>default</c> before the first report.</summary>
    public Observation LastObservation => new(_seenAt, _applied, _loss, _gradientNorm) { Noise = _noise, Descent = _descent };

    /// <summary>
    /// What the last report, of an update or of an evaluation, led to; empty after <see cref="Skip"/> and <see cref="Restore"/>.
    /// </summary>
    public ImmutableArray<ControllerEvent> Events => Controller.Events(_before, State);

    /// <summary>Whether the plan's budget is used up.</summary>
    public bool IsOver => Plan.IsOver(_progress.Samples);

    // Built only if the run is saved: a contract of a user's own types takes a millisecond.
    private StateContract Contract => field ??= StateContract.From(Controller);

    /// <summary>What the next update is made with. Beyond the plan's end it is what the controller holds there.</summary>
    public HyperParameters Next
    {
        get
        {
            Decide();
            return Decided(_batch);
        }
    }

    /// <summary>What the parameters of one of the plan's groups are updated with.</summary>
    /// <param name="group">The group's name in <see cref="PlanSettings.Groups"/>.</param>
    /// <returns>The hyper-parameters; the batch size is that of <see cref="Next"/>.</returns>
    /// <exception cref="ArgumentException">The plan has no such group.</exception>
    public HyperParameters NextOf(string group)
    {
        ArgumentNullException.ThrowIfNull(group);
        _isAsked[Plan.IndexOf(group)] = true;
        Decide();
        return Controller.DecideGroup(group, _progress, State);
    }

    /// <summary>What the next update is made with, if there is one.</summary>
    /// <param name="values">The hyper-parameters; <c>default</c> if the budget is used up.</param>
    /// <returns>False if the budget is used up.</returns>
    public bool TryNext(out HyperParameters values)
    {
        if (!_hasRoom && IsOver)
        {
            values = default;
            return false;
        }

        _hasRoom = true;
        Decide();
        values = Decided(_batch);
        return true;
    }

    /// <summary>
    /// Ends a turn with what was seen of its update. A loss that is not finite means that the update was not applied: the progress stands,
    /// and only a guard is told.
    /// </summary>
    /// <param name="loss">The mean training loss over the update's global batch, before the update.</param>
    /// <param name="samples">
    /// The samples that the update really had, over all processes and micro-batches; at least 1. Null for as many as planned.
    /// </param>
    /// <param name="gradientNorm">
    /// The Euclidean norm of the mean gradient, before weight decay and momentum; null if it was not measured.
    /// </param>
    /// <param name="noise">What was measured of the gradient's noise; null if it was not.</param>
    /// <param name="descent">
    /// <c>&lt;g, w_before - w_after&gt; / rate</c> of the mean gradient g and the weights, over all parameters; null if it was not
    /// measured. See <see cref="Observation.Descent"/>.
    /// </param>
    /// <returns>What a guard answers; <see cref="GuardDecision.Continue"/> without a <see cref="GuardedController"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// Nothing was asked for since the last report, the budget is used up, or a parameter group was never asked for.
    /// </exception>
    public GuardDecision Report(
        double loss, long? samples = null, double? gradientNorm = null, GradientNoise? noise = null, double? descent = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples ?? 1, 1, nameof(samples));
        RequireTurn();
        if (double.IsFinite(loss))
        {
            RequireGroups();
            Advance(samples, loss, gradientNorm, noise, descent);
        }
        else
        {
            See(_progress, samples, loss, gradientNorm, noise, descent, isTold: Controller is GuardedController);
        }

        return Guard?.Decision ?? GuardDecision.Continue;
    }

    /// <summary>
    /// Tells the controller of an evaluation between two updates, such as at the end of an epoch. A turn that has begun begins anew: the
    /// values of the next update may be others.
    /// </summary>
    /// <param name="metrics">What was measured; what the controller watches is among it.</param>
    /// <exception cref="ArgumentException">The controller watches something that was not measured.</exception>
    public void ReportEvaluation(in EvaluationMetrics metrics) => Turn(Controller.Evaluated(metrics, _progress, State));

    /// <summary>Ends a turn whose update was not applied, whatever its loss. The progress stands, and the controller is not told.</summary>
    /// <exception cref="InvalidOperationException">Nothing was asked for since the last report, or the budget is used up.</exception>
    public void Skip()
    {
        RequireTurn();
        Turn(State);
    }

    /// <summary>
    /// All that must be saved to go on later: progress, the plan and the controller's memory, exact to the bit.
    /// </summary>
    /// <returns>JSON in one line, for <see cref="Restore"/>.</returns>
    /// <exception cref="InvalidOperationException">
    /// The memory is of a type that the controller's <see cref="Controller.StateType"/> does not name.
    /// </exception>
    public string Save() => Contract.Write(new DriverDocument(
        DriverDocument.CurrentVersion,
        _progress.Updates,
        _progress.Samples,
        PlanFingerprint.Of(Plan.Settings),
        SavedPlan.Write(Plan.Settings),
        State));

    /// <summary>Goes to a saved position. Nothing changes if it is refused.</summary>
    /// <param name="json">What <see cref="Save"/> returned.</param>
    /// <param name="policy">What to do if it was saved under another plan.</param>
    /// <param name="functions">
    /// With <see cref="ResumePolicy.Keep"/>, the functions that the schedules of the saved plan name; null for none.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// The text is damaged, of another version, or of another kind of controller; or it was saved under another plan and the policy is
    /// <see cref="ResumePolicy.Strict"/>, or cannot be followed: with <see cref="ResumePolicy.Keep"/> by a controller of your own that has
    /// no <see cref="Control.Controller.WithPlan"/>, with <see cref="ResumePolicy.SameEpoch"/> where a plan has no
    /// <see cref="PlanSettings.SamplesPerEpoch"/>. All that differs is said at once.
    /// </exception>
    public void Restore(string json, ResumePolicy policy = ResumePolicy.Strict, ScheduleFunctions? functions = null)
    {
        var saved = Contract.Read(json);
        var (found, wanted) = (saved.Controller.Kinds(), Controller.InitialState.Kinds());
        if (found != wanted)
        {
            throw new InvalidInputException(
                $"the saved run has the memory {found}, but this controller needs {wanted}; "
                + "restore it into a driver of the controller that it was saved from.");
        }

        var (progress, state) = (new Progress(saved.Updates, saved.Samples), saved.Controller);
        if (saved.Plan != PlanFingerprint.Of(Plan.Settings))
        {
            switch (policy)
            {
                case ResumePolicy.Keep:
                    Follow(SavedPlan.Over(Controller, saved, functions));
                    break;
                case ResumePolicy.UseNew:
                    break;
                case ResumePolicy.SameEpoch:
                    var factor = SavedPlan.EpochFactor(Plan.Settings, saved);
                    progress = progress with { Samples = Math.Max((long)Math.Round(factor * saved.Samples), saved.Updates) };
                    state = factor == 1 ? state : Controller.Moved(state, factor);
                    break;
                default:
                    throw SavedPlan.Refused(Plan.Settings, saved);
            }
        }

        _progress = progress;
        State = _before = state;
        (_seenAt, _applied, _loss, _gradientNorm, _noise, _descent) = (default, default, 0, null, null, null);
        _isDecided = _hasRoom = false;
    }

    /// <summary>
    /// Ends a turn whose update was applied, and tells the controller even of a loss that is not finite, as recorded losses may be.
    /// </summary>
    internal void Advance(double loss)
    {
        RequireTurn();
        Advance(samples: null, loss, gradientNorm: null, noise: null, descent: null);
    }

    private void Follow(Controller controller)
    {
        Controller = controller;
        _isAsked = new bool[controller.Plan.Settings.Groups.Length];
        _knowsGroups = _isAsked.Length == 0;
    }

    private void Advance(long? samples, double loss, double? gradientNorm, in GradientNoise? noise, double? descent)
    {
        var progress = new Progress(_progress.Updates + 1, _progress.Samples + (samples ?? _batch));
        See(progress, samples, loss, gradientNorm, noise, descent, isTold: true);
        _progress = progress;
    }

    private void See(
        in Progress progress,
        long? samples,
        double loss,
        double? gradientNorm,
        in GradientNoise? noise,
        double? descent,
        bool isTold)
    {
        var state = isTold && Controller is not PlanController
            ? Controller.Observe(
                new Observation(progress, Decided(samples ?? _batch), loss, gradientNorm) { Noise = noise, Descent = descent }, State)
            : State;
        (_seenAt, _applied, _loss, _gradientNorm) = (progress, Decided(samples ?? _batch), loss, gradientNorm);
        (_noise, _descent) = (noise, descent);
        Turn(state);
    }

    private void Turn(ControllerState state)
    {
        (_before, State) = (State, state);
        _isDecided = _hasRoom = false;
    }

    private HyperParameters Decided(long batch) => new(_rate, batch, _momentum, _decay);

    private void Decide()
    {
        if (!_isDecided)
        {
            var decided = Controller.Decide(_progress, State);
            (_rate, _batch, _momentum, _decay) =
                (decided.LearningRate, decided.BatchSize, decided.Momentum, decided.WeightDecay);
            _isDecided = true;
        }
    }

    private void RequireTurn()
    {
        if (!_isDecided)
        {
            throw new InvalidOperationException(
                "An update was reported, but nothing was asked for since the last report; "
                + "ask TryNext, Next or NextOf for each update, and report each once.");
        }

        if (!_hasRoom && IsOver)
        {
            throw new InvalidOperationException(
                $"An update was reported after the budget of {Plan.Samples} samples was used up; "
                + "end the loop when TryNext returns false, or make the plan longer.");
        }
    }

    private void RequireGroups()
    {
        if (_knowsGroups)
        {
            return;
        }

        var forgotten = Plan.Settings.Groups.Where((_, index) => !_isAsked[index]).Select(group => group.Name).ToArray();
        _knowsGroups = forgotten.Length == 0 ? true : throw new InvalidOperationException(
            $"An update was reported, but the loop has not asked for the plan's groups {string.Join(", ", forgotten)}; "
            + $"ask NextOf(\"{forgotten[0]}\") and so on, and write each answer to its parameters.");
    }
}
