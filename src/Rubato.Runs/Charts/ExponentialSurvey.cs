using System.Collections.Immutable;
using Rubato.Rewrites;

namespace Rubato.Runs.Charts;

/// <summary>The growing rates of a plan, or of one of its groups, gone through update by update.</summary>
/// <remarks>Immutable. Two are equal only where they share their points.</remarks>
public sealed record ExponentialSurvey
{
    // What lasts for less is of no interest beside the whole.
    private const double LeastShare = 0.05;

    // A rate from an empty buffer comes to its steady growth, but never quite.
    private const double Steady = 1e-3;

    private static readonly double LogTen = Math.Log(10);

    /// <summary>The decimal logarithm of the largest rate that float32 can hold: 38.53.</summary>
    public static double LargestFloat32 { get; } = Math.Log10(float.MaxValue);

    private ExponentialSurvey(PlanCurve curve, ExponentialPlan plan) =>
        (Curve, Corrections, LogGrowth) = (curve, plan.Corrections, plan.Update(plan.Count).LogGrowthAfter);

    /// <summary>The decimal logarithm of the rate.</summary>
    public PlanCurve Curve { get; }

    /// <summary>The phases of steady growth, each at least a twentieth of the run, in order.</summary>
    public ImmutableArray<SteadyPhase> Phases { get; private init; }

    /// <summary>Whether these are all of the run.</summary>
    public bool IsSteady { get; private init; }

    /// <summary>The first update whose rate float32 cannot hold; null where there is none.</summary>
    public PlanExtreme? Overflow { get; private init; }

    /// <summary>What is added to the momentum buffer; none from an empty buffer.</summary>
    public ImmutableArray<BufferCorrection> Corrections { get; }

    /// <summary>The natural logarithm of how many times larger than with weight decay the weights are in the end; at least 0.</summary>
    public double LogGrowth { get; }

    /// <summary>Goes through the rates.</summary>
    /// <param name="plan">The rates; nothing of them is kept.</param>
    /// <param name="columnSamples">The width of a column of the drawing; 0 keeps every point.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static ExponentialSurvey Of(ExponentialPlan plan, double columnSamples, CancellationToken cancellation)
    {
        var builder = new CurveBuilder(PlanQuantity.ExponentialRate, plan.Group, columnSamples);
        var phases = new List<SteadyPhase>();
        var (steady, overflow, samples) = (0.0, (PlanExtreme?)null, 0L);
        (HyperParameters Made, long From, PlanExtreme First) phase = default;
        (PlanExtreme Rate, double Offset) last = default;

        void Close()
        {
            var length = last.Rate.Samples - phase.From;
            if (length >= LeastShare * plan.Source.Samples && SteadyOf(phase.Made, last.Offset) is { } growth)
            {
                phases.Add(new SteadyPhase(phase.From, phase.First, last.Rate, growth, UpdatesPerEpoch(plan.Source, phase.Made.BatchSize)));
                steady += length;
            }
        }

        foreach (var update in plan.EnumerateUpdates())
        {
            samples = update.Start + update.BatchSize;
            var rate = new PlanExtreme(update.LogRate / LogTen, update.Step, samples);
            builder.Add(rate.Value, update.Start, samples, update.Step);
            overflow ??= rate.Value > LargestFloat32 ? rate : null;

            // A batch that an epoch's end cuts off begins no phase.
            var made = plan.Group is { } group ? plan.Source.At(update.Start, group) : plan.Source.At(update.Start);
            made = PlanSurvey.IsCut(plan.Source, update.Start, made.BatchSize) ? made with { BatchSize = phase.Made.BatchSize } : made;
            if (made != phase.Made)
            {
                Close();
                phase = (made, update.Start, rate);
            }

            last = (rate, update.BufferOffsetAfter);
            if (update.Step % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        Close();
        return new ExponentialSurvey(builder.Build(samples, plan.Count), plan)
        {
            Phases = [.. phases],
            IsSteady = steady == samples,
            Overflow = overflow,
        };
    }

    // Null where the growth is still on its way there, or where there is none that could be steady.
    private static SteadyGrowth? SteadyOf(in HyperParameters made, double offset)
    {
        if (made.LearningRate == 0
            || made.LearningRate * made.WeightDecay is var product && (product > SteadyGrowth.Limit(made.Momentum) || product == 1))
        {
            return null;
        }

        var growth = SteadyGrowth.Of(made);
        return Math.Abs(offset - growth.BufferOffset) <= Steady * growth.BufferOffset ? growth : null;
    }

    private static double? UpdatesPerEpoch(TrainingPlan plan, long batchSize) => plan.Settings switch
    {
        { SamplesPerEpoch: null } => null,
        { SamplesPerEpoch: { } size, Tail: EpochTail.Cut } => Math.Ceiling((double)size / batchSize),
        { SamplesPerEpoch: { } size } => (double)size / batchSize,
    };
}
