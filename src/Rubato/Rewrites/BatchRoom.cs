using System.Collections.Immutable;
using System.Globalization;
using Rubato.Plans;

namespace Rubato.Rewrites;

/// <summary>Which sizes rewritten batches may have.</summary>
/// <param name="Limit">The largest, a multiple of <paramref name="Multiple"/>.</param>
/// <param name="Multiple">What sizes are multiples of.</param>
/// <param name="TrainingSamples">
/// The size of the training set; 1 where it is not known, and then the form for small batches is kept.
/// </param>
/// <param name="Form">Which noise scale is kept.</param>
internal sealed record BatchRoom(long Limit, long Multiple, long TrainingSamples, NoiseForm Form)
{
    // Products such as 128 (0.1 / 0.02) miss whole numbers by rounding.
    private const double RoundingShare = 1e-9;

    /// <summary>The room that a plan leaves to a rewrite.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    internal static BatchRoom Of(TrainingPlan plan, PlanRewrite rewrite, bool grows)
    {
        var samples = plan.Settings.SamplesPerEpoch;
        if (samples is null && (rewrite.Form == NoiseForm.Exact || (grows && rewrite.MaxBatch is null)))
        {
            var need = rewrite.Form == NoiseForm.Exact ? "the exact noise scale" : "the largest batch";
            throw new InvalidInputException(new Finding(
                nameof(PlanSettings.SamplesPerEpoch),
                null,
                $"is missing, but {need} depends on it",
                "give it, or give a largest batch and keep the form for small batches"));
        }

        var multiple = rewrite.Multiple ?? 1;
        var limit = BatchLimit.Of(grows ? rewrite.MaxBatch : int.MaxValue, multiple, samples);
        if (grows)
        {
            CheckGrowth(plan, limit);
        }

        return new BatchRoom(limit.Size, multiple, samples ?? 1, rewrite.Form);
    }

    /// <summary>The limit where a size is planned.</summary>
    internal long LimitFor(long planned) => Math.Max(Limit, planned);

    /// <summary>
    /// The size that lets the rate be larger by a factor of at least 1 while the noise scale stays: rounded down, at most the limit, at
    /// least the planned size.
    /// </summary>
    internal long Size(long planned, double rateFactor) =>
        rateFactor == 1 ? planned : Math.Max(planned, RoundedDown(NoiseScale.BatchFor(planned, rateFactor, TrainingSamples, Form)));

    /// <summary>The size times a factor; below 1 at least one multiple.</summary>
    internal long Scaled(long planned, double factor) =>
        factor >= 1 ? (factor == 1 ? planned : Math.Max(planned, RoundedDown(planned * factor)))
        : Math.Max(RoundedDown(planned * factor), Math.Min(planned, Multiple));

    /// <summary>By how much the rate grows with the batch.</summary>
    internal double RateFactor(long planned, long size) => NoiseScale.RateFactor(planned, size, TrainingSamples, Form);

    /// <summary>Refuses batches for which there is no noise scale.</summary>
    internal void Check(ImmutableArray<BatchPiece> pieces)
    {
        if (Form == NoiseForm.Exact
            && pieces.FirstOrDefault(piece => Math.Max(piece.Planned, piece.Size) >= TrainingSamples) is { Size: > 0 } piece)
        {
            throw new InvalidInputException(new Finding(string.Create(
                CultureInfo.InvariantCulture,
                $"the batch is {Math.Max(piece.Planned, piece.Size)} at sample {piece.Start}, and the training set has "
                + $"{TrainingSamples} samples: the exact noise scale is above 0 only for smaller batches"))
            {
                Remedy = "make them smaller, or keep the form for small batches",
            });
        }
    }

    private static void CheckGrowth(TrainingPlan plan, BatchLimit limit)
    {
        var initial = (long)Math.Round(plan.BatchSize.Evaluate(0));
        if (initial >= limit.Size)
        {
            throw new InvalidInputException(
                new Finding($"batches may grow to {limit.Size}{limit.Origin}, but the first is {initial} already")
                {
                    Remedy = $"give a largest batch above {initial}, or leave the rewrite out",
                });
        }
    }

    private long RoundedDown(double size) =>
        size >= Limit ? Limit : (long)Math.Floor(size * (1 + RoundingShare) / Multiple) * Multiple;
}
