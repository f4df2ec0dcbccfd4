using System.Collections.Immutable;
using Rubato.Rewrites;
using Rubato.Runs.Plans;

namespace Rubato.Runs.Charts;

/// <summary>A plan gone through once: its curves, where they are highest and lowest, and how many updates there are.</summary>
/// <remarks>
/// Up to <see cref="MostUpdates"/> updates are gone through one by one, as a training run does; a longer plan is looked at in evenly spaced
/// places. Batches that are cut at the end of an epoch are left out of the curves of the batch size and of the noise scale. Immutable.
/// </remarks>
public sealed record PlanSurvey
{
    /// <summary>The updates of the longest plan that is gone through one by one.</summary>
    public const long MostUpdates = 2_000_000;

    /// <summary>In how many places a longer plan is looked at.</summary>
    public const long Places = 200_000;

    // Up to this many updates a curve keeps all of its points.
    private const long MostPoints = 2_000;

    // About as many as a drawing has pixels (a ChartPaper is 960 wide with its frame), so that thinning does not show.
    private const int Columns = 800;

    // Often enough that an interruption is not waited for, seldom enough to cost nothing.
    private const int CancellationEvery = 4096;

    private PlanSurvey(TrainingPlan plan, long updates, long? samples, ImmutableArray<PlanCurve> curves)
    {
        Plan = plan;
        Updates = updates;
        Samples = samples;
        Curves = curves;
    }

    /// <summary>The plan.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>How many updates it has, exactly.</summary>
    public long Updates { get; }

    /// <summary>Samples seen after the last update; null where the plan was sampled.</summary>
    public long? Samples { get; }

    /// <summary>Whether the plan was looked at in evenly spaced places only.</summary>
    public bool IsSampled => Samples is null;

    /// <summary>
    /// Learning rate, batch size, momentum and weight decay, in this order, and the noise scale where it was asked for; then, group by
    /// group, what a parameter group has of its own.
    /// </summary>
    public ImmutableArray<PlanCurve> Curves { get; }

    /// <summary>In which form growing rates were followed; null where they were not asked for.</summary>
    public ExponentialRewrite? Form { get; private init; }

    /// <summary>The growing rates: first those of the parameters of no group, then those of each group with schedules of its own.</summary>
    public ImmutableArray<ExponentialSurvey> Exponential { get; private init; } = [];

    /// <summary>How many updates an epoch has; null where epochs differ, or the size of the training set is not known.</summary>
    public double? UpdatesPerEpoch =>
        Plan.Settings.SamplesPerEpoch is { } size && this[PlanQuantity.BatchSize] is { IsConstant: true } batch
            ? Plan.Settings.Tail == EpochTail.Cut ? Math.Ceiling(size / batch.Final) : size / batch.Final
            : null;

    /// <summary>The plan's own curve of a quantity.</summary>
    /// <param name="quantity">Which; the noise scale only as <see cref="Noise"/> has it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The plan was not looked at for it.</exception>
    public PlanCurve this[PlanQuantity quantity] =>
        Own(quantity) ?? throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "quantity must be one that was asked for.");

    /// <summary>The noise scale of the parameters of no group; null where it was not asked for. See <see cref="PlanNoise"/>.</summary>
    public PlanCurve? Noise => Own(PlanQuantity.SmallBatchNoise) ?? Own(PlanQuantity.ExactNoise);

    /// <summary>Goes through a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was found, without the noise scale.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PlanSurvey Of(TrainingPlan plan, CancellationToken cancellation = default) => Of(plan, noise: null, cancellation);

    /// <summary>Goes through a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="noise">In which form to follow the noise scale; null for not at all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidInputException">The noise scale is asked for, and the size of the training set is not known.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PlanSurvey Of(TrainingPlan plan, NoiseForm? noise, CancellationToken cancellation = default) =>
        Of(plan, noise, exponential: null, cancellation);

    /// <summary>Goes through a plan, and through the growing rates that stand for its weight decay.</summary>
    /// <param name="plan">The plan with weight decay.</param>
    /// <param name="noise">In which form to follow the noise scale; null for not at all.</param>
    /// <param name="exponential">
    /// In which form to follow the growing rates; null for not at all. Each of their updates is gone through.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InvalidInputException">
    /// The noise scale is asked for, and the size of the training set is not known; or the plan does not meet the conditions of the form.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PlanSurvey Of(
        TrainingPlan plan, NoiseForm? noise, ExponentialRewrite? exponential, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (noise is not null)
        {
            _ = PlanNoise.SamplesOf(plan);
        }

        var updates = plan.CountUpdates();
        var columnSamples = updates <= MostPoints ? 0 : (double)plan.Samples / Columns;
        var curves = Builders(plan.Settings, noise, columnSamples);
        var samples = updates <= MostUpdates ? GoThrough(plan, curves, cancellation) : (long?)null;
        if (samples is null)
        {
            LookAtPlaces(plan, curves, cancellation);
        }

        var (end, count) = samples is { } seen ? (seen, updates) : (plan.Samples, double.NaN);
        return new PlanSurvey(plan, updates, samples, [.. curves.Select(curve => curve.Builder.Build(end, count))])
        {
            Form = exponential,
            Exponential = exponential is null
                ? []
                : [.. Groups(plan).Select(group => ExponentialSurvey.Of(exponential.Apply(plan, group), columnSamples, cancellation))],
        };
    }

    private static IEnumerable<string?> Groups(TrainingPlan plan) =>
        plan.Settings.Groups
            .Where(group => group is not { LearningRate: null, Momentum: null, WeightDecay: null })
            .Select(string? (group) => group.Name)
            .Prepend(null);

    private PlanCurve? Own(PlanQuantity quantity) => Curves.FirstOrDefault(curve => curve.Quantity == quantity && curve.Group is null);

    private static List<(string? Group, CurveBuilder Builder)> Builders(PlanSettings settings, NoiseForm? noise, double columnSamples)
    {
        PlanQuantity[] always = [PlanQuantity.LearningRate, PlanQuantity.BatchSize, PlanQuantity.Momentum, PlanQuantity.WeightDecay];
        PlanQuantity[] own = noise is { } form
            ? [.. always, form == NoiseForm.Exact ? PlanQuantity.ExactNoise : PlanQuantity.SmallBatchNoise]
            : always;
        var builders = own
            .Select((string? Group, CurveBuilder Builder) (quantity) => (null, new CurveBuilder(quantity, null, columnSamples)))
            .ToList();
        foreach (var group in settings.Groups)
        {
            void AddIf(bool hasOwn, PlanQuantity quantity)
            {
                if (hasOwn)
                {
                    builders.Add((group.Name, new CurveBuilder(quantity, group.Name, columnSamples)));
                }
            }

            AddIf(group.LearningRate is not null, PlanQuantity.LearningRate);
            AddIf(group.Momentum is not null, PlanQuantity.Momentum);
            AddIf(group.WeightDecay is not null, PlanQuantity.WeightDecay);
        }

        return builders;
    }

    private static long GoThrough(TrainingPlan plan, List<(string? Group, CurveBuilder Builder)> curves, CancellationToken cancellation)
    {
        var seen = 0L;
        foreach (var update in plan.EnumerateUpdates())
        {
            Add(plan, curves, update.Start, update.HyperParameters, update.Step);
            seen = update.End;
            if (update.Step % CancellationEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return seen;
    }

    private static void LookAtPlaces(TrainingPlan plan, List<(string? Group, CurveBuilder Builder)> curves, CancellationToken cancellation)
    {
        for (var i = 0L; i <= Places; i++)
        {
            var position = (long)((double)plan.Samples / Places * i);
            if (plan.IsOver(position))
            {
                break;
            }

            Add(plan, curves, position, plan.At(position), step: null);
            if (i % CancellationEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static void Add(
        TrainingPlan plan, List<(string? Group, CurveBuilder Builder)> curves, long start, in HyperParameters values, long? step)
    {
        var end = start + values.BatchSize;
        foreach (var (group, builder) in curves)
        {
            if (builder.Quantity is PlanQuantity.BatchSize or PlanQuantity.SmallBatchNoise or PlanQuantity.ExactNoise
                && IsCut(plan, start, values.BatchSize))
            {
                continue;
            }

            var own = group is null ? values : plan.At(start, group);
            builder.Add(ValueOf(builder.Quantity, own, plan), start, step is null ? start : end, step);
        }
    }

    private static double ValueOf(PlanQuantity quantity, in HyperParameters values, TrainingPlan plan) => quantity switch
    {
        PlanQuantity.LearningRate => values.LearningRate,
        PlanQuantity.BatchSize => values.BatchSize,
        PlanQuantity.Momentum => values.Momentum,
        PlanQuantity.WeightDecay => values.WeightDecay,
        PlanQuantity.SmallBatchNoise => PlanNoise.Of(plan, values, NoiseForm.SmallBatch),
        _ => PlanNoise.Of(plan, values, NoiseForm.Exact),
    };

    // An update has the size of the phase in which its middle lies, which may be that of either end; so both are asked. The first batch
    // counts as whole: otherwise a plan of cut batches alone would have no curve.
    internal static bool IsCut(TrainingPlan plan, long start, long size) =>
        plan.Settings.Tail == EpochTail.Cut
        && start > 0
        && size < Math.Round(Math.Min(plan.BatchSize.At(start), plan.BatchSize.At(start + size)));
}
