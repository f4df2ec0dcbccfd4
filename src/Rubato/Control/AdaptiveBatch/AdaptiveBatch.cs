using Rubato.Plans;

namespace Rubato.Control;

/// <summary>
/// Makes the batch of another controller larger as the measured critical batch size grows; by itself instead of a decay of the rate. Around a plan: the plan's
/// schedules with a batch of its own.
/// </summary>
/// <remarks>
/// <para>
/// With batch B, and b the noise scale of <see cref="NoiseAverage"/> over the measurements since the last change, which must be as many as
/// <see cref="AdaptiveBatchSettings.Measurements"/>: where <c>share b &gt;= ratio B</c>, or noise drowns the gradient so that there is no b, the batch becomes <c>min(max(ratio B, B + multiple), share b, max)</c>,
/// rounded down to a multiple; unless that is no larger. It never shrinks. Measurements are of <see cref="Observation.Noise"/>.
/// </para>
/// <para>
/// The rate that the controller within decides is multiplied by what <see cref="AdaptiveBatchSettings.Rate"/> says of B over the first batch, and so are those of
/// groups. While that controller is still looking for its rate, the batch is held, and measurements at the rates that it tries are not counted.
/// </para>
/// <para>
/// The clock of a plan is in samples, so schedules stay in place when the batch grows; what they say in batches is converted with the first one. With
/// <see cref="EpochTail.Carry"/> the last update may go beyond the budget, by less than its batch; with <see cref="EpochTail.Cut"/> batches are cut at the ends of
/// epochs and of the budget. Immutable and safe for use by several threads. The same observations give the same decisions, bit by bit.
/// </para>
/// <para>
/// The critical batch size: McCandlish, Kaplan, Amodei and others 2018, arXiv 1812.06162. Growth in place of decay: Smith, Kindermans, Ying, Le 2018, arXiv
/// 1711.00489.
/// </para>
/// </remarks>
public sealed record AdaptiveBatch : Controller
{
    private readonly long _multiple;

    /// <summary>A controller over a plan.</summary>
    /// <param name="plan">Budget and first batch; and what is followed where <paramref name="inner"/> is left out.</param>
    /// <param name="settings">What to do; <see cref="AdaptiveBatchSettings.Default"/> where it is left out.</param>
    /// <param name="inner">The controller whose batch is replaced; the plan's own where it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public AdaptiveBatch(TrainingPlan plan, AdaptiveBatchSettings? settings = null, Controller? inner = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        Settings = settings ?? AdaptiveBatchSettings.Default;
        Inner = inner ?? new PlanController(plan);
        FirstBatch = (long)Math.Round(plan.BatchSize.Evaluate(0));
        _multiple = Settings.Multiple ?? 1;
        var limit = BatchLimit.Of(Settings.MaxBatch, _multiple, plan.Settings.SamplesPerEpoch);
        MaxBatch = limit.Size;
        RequireUsable(limit);
        InitialState = new AdaptiveBatchState(Inner.InitialState, new BatchGrowth { Batch = FirstBatch });
    }

    /// <summary>The plan.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The settings.</summary>
    public AdaptiveBatchSettings Settings { get; }

    /// <summary>The controller whose batch is replaced. It sees each update as it was applied.</summary>
    public Controller Inner { get; }

    /// <summary>The batch at the start: the plan's.</summary>
    public long FirstBatch { get; }

    /// <summary>The largest batch, a multiple of <see cref="AdaptiveBatchSettings.Multiple"/>; above <see cref="FirstBatch"/>.</summary>
    public long MaxBatch { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    public override HyperParameters Decide(in Progress progress, ControllerState state)
    {
        var own = Own(state);
        return WithBatch(Inner.Decide(progress, own.Inner), progress, own.Growth.Batch);
    }

    /// <summary>The same for a parameter group: its rate times what the base rate is multiplied by.</summary>
    /// <param name="group">The group's number, from 0.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group, where the controller within knows of groups.</exception>
    public override HyperParameters DecideGroup(int group, in Progress progress, ControllerState state)
    {
        var own = Own(state);
        return WithBatch(Inner.DecideGroup(group, progress, own.Inner), progress, own.Growth.Batch);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var inner = Inner.Observe(observation, own.Inner);
        var growth = observation.Noise is { } noise && !Inner.IsSearching(own.Inner) ? Measured(noise, own.Growth) : own.Growth;
        return ReferenceEquals(inner, own.Inner) && ReferenceEquals(growth, own.Growth) ? own : new AdaptiveBatchState(inner, growth);
    }

    /// <summary>The memory after a rollback: that of the controller within. The batch and the measurements stand.</summary>
    /// <param name="observation">The update by which that was decided.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    public override ControllerState RolledBack(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var inner = Inner.RolledBack(observation, own.Inner);
        return ReferenceEquals(inner, own.Inner) ? own : own with { Inner = inner };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    public override bool IsSearching(ControllerState state) => Inner.IsSearching(Own(state).Inner);

    /// <inheritdoc/>
    public bool Equals(AdaptiveBatch? other) => other is not null && Plan == other.Plan && Settings == other.Settings && Inner == other.Inner;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Plan, Settings, Inner);

    private static AdaptiveBatchState Own(ControllerState state) =>
        state as AdaptiveBatchState
        ?? throw new ArgumentException($"The state is a {state?.GetType().Name ?? "null"}; it must come from AdaptiveBatch's InitialState or Observe.", nameof(state));

    private HyperParameters WithBatch(in HyperParameters decided, in Progress progress, long batch) => decided with
    {
        BatchSize = Plan.TrueSize(batch, progress.Samples),
        LearningRate = decided.LearningRate * RateFactor((double)batch / FirstBatch),
    };

    private double RateFactor(double growth) => Settings.Rate switch
    {
        BatchRateRule.Linear => growth,
        BatchRateRule.SquareRoot => Math.Sqrt(growth),
        _ => 1,
    };

    private BatchGrowth Measured(GradientNoise noise, BatchGrowth growth)
    {
        var average = growth.Noise.Add(noise, Settings.Decay);
        if (average == growth.Noise)
        {
            return growth;
        }

        var batch = average.Count < Settings.Measurements ? growth.Batch : BatchFor(average, growth.Batch);
        return batch > growth.Batch
            ? new BatchGrowth { Batch = batch, Changes = growth.Changes + 1, LastNoiseScale = average.NoiseScale }
            : growth with { Noise = average };
    }

    private long BatchFor(in NoiseAverage noise, long batch)
    {
        // Not divided by the norm, whose mean is 0 or below where noise drowns the gradient: there the target lies beyond any batch.
        if (noise.Trace <= 0 || Settings.Share * noise.Trace < Settings.Ratio * batch * noise.SquaredNorm)
        {
            return batch;
        }

        // A step that is lost in rounding would never be made.
        var step = Math.Max(Settings.Ratio * batch, (double)batch + _multiple);
        var target = noise.SquaredNorm > 0 ? Settings.Share * noise.Trace / noise.SquaredNorm : double.PositiveInfinity;
        return (long)Math.Min(Math.Min(step, target), MaxBatch) / _multiple * _multiple;
    }

    private void RequireUsable(BatchLimit limit)
    {
        var findings = new List<Finding>();
        if (Plan.BatchSize.Bounds is { } bounds && bounds.Min != bounds.Max)
        {
            findings.Add(new Finding(
                nameof(PlanSettings.BatchSize),
                Plan.Settings.BatchSize,
                "which moves by itself",
                FormattableString.Invariant($"write the size to begin with, for instance {FirstBatch}")));
        }

        if (Settings.MaxBatch is null && Plan.Settings.SamplesPerEpoch is null)
        {
            findings.Add(new Finding(
                nameof(PlanSettings.SamplesPerEpoch), null, "is missing, but the largest batch is a tenth of it", "give it, or a largest batch"));
        }
        else if (MaxBatch <= FirstBatch)
        {
            findings.Add(new Finding(FormattableString.Invariant($"the batch may grow to {MaxBatch}{limit.Origin}, but the first is {FirstBatch} already"))
            {
                Remedy = FormattableString.Invariant($"give a largest batch above {FirstBatch}, or a smaller first one"),
            });
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }
}
