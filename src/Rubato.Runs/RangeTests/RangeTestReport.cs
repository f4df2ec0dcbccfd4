using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Runs.RangeTests;

/// <summary>A run of a range test, as it was measured and without its noise.</summary>
/// <param name="Curve">What it measured.</param>
/// <param name="Smoothed">The same, smoothed; null where no loss is finite.</param>
/// <remarks>Immutable. Two runs are equal only where they share their smoothed curve.</remarks>
public sealed record MeasuredRun(RangeCurve Curve, SmoothedCurve? Smoothed)
{
    /// <summary>Smooths a curve.</summary>
    /// <param name="curve">What was measured.</param>
    /// <param name="smoothing">How.</param>
    /// <returns>The run.</returns>
    public static MeasuredRun Of(RangeCurve curve, CurveSmoothing smoothing)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(smoothing);
        return new MeasuredRun(curve, curve.Points.Any(point => double.IsFinite(point.Loss)) ? smoothing.Smooth(curve) : null);
    }
}

/// <summary>Runs that differ by their seeds alone, and what they say together.</summary>
/// <param name="Momentum">Their momentum; null where it is not known, or the optimizer has none.</param>
/// <param name="WeightDecay">Their weight decay; null where it is not known.</param>
/// <param name="Runs">At least one.</param>
/// <param name="Suggestion">The answer.</param>
/// <remarks>Immutable. Two variants are equal only where they share their runs.</remarks>
public sealed record MeasuredVariant(string? Momentum, string? WeightDecay, ImmutableArray<MeasuredRun> Runs, RangeSuggestion Suggestion)
{
    /// <summary>The mean of the smoothed runs, and how far they lie apart; null where no run has a finite loss.</summary>
    public RangeBand? Band { get; } = RangeBand.Of([.. Runs.Select(run => run.Smoothed).OfType<SmoothedCurve>()]);
}

/// <summary>A range test that is over: what files and displays say of it.</summary>
/// <remarks>Immutable. Two reports are equal only where they share their variants.</remarks>
public sealed record RangeTestReport
{
    // Chosen, not fitted: lowest losses that differ by less than a twentieth of the fall count as equally low.
    private const double AlikeShare = 1.0 / 20;

    /// <summary>What was tried, in the order asked for; at least one.</summary>
    public required ImmutableArray<MeasuredVariant> Variants { get; init; }

    /// <summary>The sweep; null for a recorded curve.</summary>
    public RangeTest? Test { get; init; }

    /// <summary>The file of a recorded curve; null for a sweep.</summary>
    public string? Source { get; init; }

    /// <summary>The settings of the training, by their names, in order; empty for a recorded curve.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> Settings { get; init; } = [];

    /// <summary>What a maximum was divided by, where a rule gives a maximum only.</summary>
    public required double BaseDivisor { get; init; }

    /// <summary>The global batch size in samples; null where it is not known.</summary>
    public long? BatchSize { get; init; }

    /// <summary>Training samples of the data set, those held out included; null for a recorded curve.</summary>
    public long? TrainSamples { get; init; }

    /// <summary>Training samples that were held out for the accuracy; null for a recorded curve.</summary>
    public long? HeldOutSamples { get; init; }

    /// <summary>Samples that were trained on, over all runs; null for a recorded curve.</summary>
    public long? Samples { get; init; }

    /// <summary>How long it took; null for a recorded curve.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether it was interrupted.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>
    /// The variant to train with. Of those with an answer whose lowest loss is within a twentieth of the fall to the lowest of all, the one
    /// whose lowest loss lies at the largest rate; the first where none has an answer.
    /// </summary>
    /// <remarks>
    /// Source: Smith 2018, "A Disciplined Approach to Neural Network Hyper-Parameters: Part 1", arXiv 1803.09820, sections 4.3 and 4.4: the
    /// momentum and the weight decay that allow a large rate and reach the lowest loss.
    /// </remarks>
    public MeasuredVariant Best
    {
        get
        {
            var known = Variants.Where(variant => variant is { Suggestion.Range: not null, Band: not null }).ToList();
            if (known.Count == 0)
            {
                return Variants[0];
            }

            var lowest = known.Min(variant => variant.Band!.Lowest.Loss);
            var fall = Math.Max(known.Max(variant => variant.Band!.Mean[0]) - lowest, 0);
            return known
                .Where(variant => variant.Band!.Lowest.Loss <= lowest + (AlikeShare * fall))
                .MaxBy(variant => variant.Band!.Lowest.LearningRate)!;
        }
    }

    /// <summary>What tells a variant from the others.</summary>
    /// <param name="variant">One of <see cref="Variants"/>.</param>
    /// <returns>
    /// Such as <c>momentum 0.9, weight decay 5e-4</c>; what all have in common is left out. Empty where there is one variant.
    /// </returns>
    public string NameOf(MeasuredVariant variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var parts = new List<string>();
        if (Variants.DistinctBy(other => other.Momentum, StringComparer.Ordinal).Skip(1).Any())
        {
            parts.Add($"momentum {variant.Momentum}");
        }

        if (Variants.DistinctBy(other => other.WeightDecay, StringComparer.Ordinal).Skip(1).Any())
        {
            parts.Add($"weight decay {variant.WeightDecay}");
        }

        return string.Join(", ", parts);
    }
}
