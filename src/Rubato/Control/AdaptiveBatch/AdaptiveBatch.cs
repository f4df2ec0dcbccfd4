using Rubato.Plans;

namespace Rubato.Control;

/// <summary>
/// Makes the batch of another controller larger as the measured critical batch size grows; by itself instead of a decay of the rate. Around
/// a plan: the plan's schedules with a batch of its own.
/// </summary>
/// <remarks>
/// <para>
/// With batch B, and b the noise scale of <see cref="NoiseAverage"/> over the measurements since the last change, which must be as many as
/// <see cref="AdaptiveBatchSettings.Measurements"/>: where <c>share b &gt;= ratio B</c>, or noise drowns the gradient so that there is no
/// b, the batch becomes <c>min(max(ratio B, B + multiple), share b, max)</c>, rounded down to a multiple; unless that is no larger. It
/// never shrinks. Measurements are of <see cref="Observation.Noise"/>.
/// </para>
/// <para>
/// The rate that the controller within decides is multiplied by what <see cref="AdaptiveBatchSettings.Rate"/> says of B over the first
/// batch, and so are those of groups. While that controller is still looking for its rate, the batch is held, and measurements at the rates
/// that it tries are not counted.
/// </para>
/// <para>
/// The clock of a plan is in samples, so schedules stay in place when the batch grows; what they say in batches is converted with the first
/// one. With <see cref="EpochTail.Carry"/> the last update may go beyond the budget, by less than its batch; with
/// <see cref="EpochTail.Cut"/> batches are cut at the ends of epochs and of the budget. Immutable and safe for use by several threads. The
/// same observations give the same decisions, bit by bit.
/// </para>
/// <para>
/// The critical batch size: McCandlish, Kaplan, Amodei and others 2018, arXiv 1812.06162. Growth in place of decay: Smith, Kindermans,
/// Ying, Le 2018, arXiv 1711.00489.
/// </para>
/// </remarks>
public sealed record AdaptiveBatch : WrappingController<AdaptiveBatchState>
{
    private readonly long _multiple;

    /// <summary>A controller over a plan.</summary>
    /// <param name="plan">Schedules, budget and first batch.</param>
    /// <param name="settings">What to do; <see cref="AdaptiveBatchSettings.Default"/> if it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public AdaptiveBatch(TrainingPlan plan, AdaptiveBatchSettings? settings = null)
        : this(new PlanController(plan), settings)
    {
    }

    /// <summary>A controller around another one.</summary>
    /// <param name="inner">
    /// The controller whose batch is replaced; its plan has budget and first batch. It sees each update as it was applied.
    /// </param>
    /// <param name="settings">What to do; <see cref="AdaptiveBatchSettings.Default"/> if it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public AdaptiveBatch(Controller inner, AdaptiveBatchSettings? settings = null)
        : base(inner)
    {
        Settings = settings ?? AdaptiveBatchSettings.Default;
        FirstBatch = (long)Math.Round(Plan.BatchSize.Evaluate(0));
        _multiple = Settings.Multiple ?? 1;
        var limit = BatchLimit.Of(Settings.MaxBatch, _multiple, Plan.Settings.SamplesPerEpoch);
        MaxBatch = limit.Size;
        RequireUsable(limit);
        InitialState = new AdaptiveBatchState(Inner.InitialState, new BatchGrowth { Batch = FirstBatch });
    }

    /// <summary>The settings.</summary>
    public AdaptiveBatchSettings Settings { get; }

    /// <summary>The batch at the start: the plan's.</summary>
    public long FirstBatch { get; }

    /// <summary>The largest batch, a multiple of <see cref="AdaptiveBatchSettings.Multiple"/>; above <see cref="FirstBatch"/>.</summary>
    public long MaxBatch { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState { get; }

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) =>
        Inner.WithPlan(plan) is { } inner ? new AdaptiveBatch(inner, Settings) : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="AdaptiveBatchState"/>.</exception>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var inner = Inner.Observe(observation, own.Inner);
        var growth = observation.Noise is { } noise && !Inner.IsSearching(own.Inner) ? Measured(noise, own.Growth) : own.Growth;
        return ReferenceEquals(inner, own.Inner) && ReferenceEquals(growth, own.Growth) ? own : new AdaptiveBatchState(inner, growth);
    }

    /// <inheritdoc/>
    protected override HyperParameters Adjust(in HyperParameters decided, in Progress progress, AdaptiveBatchState state)
    {
        var batch = state.Growth.Batch;
        return decided with
        {
            BatchSize = Plan.TrueSize(batch, progress.Samples),
            LearningRate = decided.LearningRate * RateFactor((double)batch / FirstBatch),
        };
    }

    /// <inheritdoc/>
    protected override ControllerEvent? OwnEvent(AdaptiveBatchState before, AdaptiveBatchState after) =>
        after.Growth.Changes > before.Growth.Changes
            ? new BatchGrew(before.Growth.Batch, after.Growth.Batch, after.Growth.LastNoiseScale)
            : null;

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
                nameof(PlanSettings.SamplesPerEpoch),
                null,
                "is missing, but the largest batch is a tenth of it",
                "give it, or a largest batch"));
        }
        else if (MaxBatch <= FirstBatch)
        {
            findings.Add(new Finding(
                FormattableString.Invariant($"the batch may grow to {MaxBatch}{limit.Origin}, but the first is {FirstBatch} already"))
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
