using System.Collections.Immutable;
using Rubato.Plans;
using Rubato.Schedules;

namespace Rubato.Rewrites;

/// <summary>
/// Lets the batch shrink at the last update before the change, not at the change itself. A large batch has no room there if its middle
/// would lie beyond the change. The small ones that take its place would otherwise have the rate from beyond the change.
/// </summary>
internal static class ShrinkFill
{
    // As long as "0sp: 1, " for each: a plan of more pieces has no text, and is refused.
    private const int MostPieces = Schedule.MaxTextLength / 8;

    /// <summary>The pieces with those that fill.</summary>
    /// <param name="plan">The plan that is rewritten.</param>
    /// <param name="pieces">Its rewritten batch sizes.</param>
    /// <param name="multiple">What sizes are multiples of, unless they are as planned.</param>
    internal static ImmutableArray<BatchPiece> Of(TrainingPlan plan, ImmutableArray<BatchPiece> pieces, long multiple)
    {
        if (pieces.Length > MostPieces)
        {
            return pieces;
        }

        var filled = pieces.ToList();
        var grid = GridOf(plan, filled);
        var current = 0;
        for (var samples = 0L; samples < grid.Budget;)
        {
            while (current + 1 < filled.Count && filled[current + 1].Start <= samples)
            {
                current++;
            }

            var (size, readAt) = grid.UpdateAt(samples);
            var whole = size / multiple * multiple;
            var small = Math.Max(whole, filled[current].Planned);
            if (readAt > samples && small < filled[current].Size && HasRoom(plan, small, samples, readAt))
            {
                Shrink(filled, current, samples, readAt, whole);
                current = Math.Max(current - 1, 0);
                grid = GridOf(plan, filled);
                continue;
            }

            // Updates after one that is read beyond its start may begin where a larger batch is written.
            var (length, updates) = grid.RunAt(samples);
            samples += length * (readAt > samples ? 1 : updates);
        }

        return [.. filled];
    }

    private static void Shrink(List<BatchPiece> pieces, int current, long samples, double until, long size)
    {
        if (pieces[current].Start < samples)
        {
            pieces.Insert(++current, pieces[current - 1] with { Start = samples });
        }

        for (var i = current; i < pieces.Count && pieces[i].Start < until; i++)
        {
            pieces[i] = pieces[i] with { Size = Math.Min(pieces[i].Size, Math.Max(size, pieces[i].Planned)) };
        }

        for (var i = current + 1; i < pieces.Count && pieces[i].Start <= until;)
        {
            if (pieces[i] == pieces[i - 1] with { Start = pieces[i].Start })
            {
                pieces.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
    }

    private static bool HasRoom(TrainingPlan plan, long size, long samples, double until) =>
        samples + (plan.TrueSize(size, samples) * 0.5) <= until;

    private static UpdateGrid GridOf(TrainingPlan plan, List<BatchPiece> pieces) =>
        plan.GridOf(pieces.Count == 1
            ? Schedule.Constant(pieces[0].Size)
            : new Table([.. pieces.Select(piece => new TablePoint(Duration.Samples(piece.Start), piece.Size))]));
}
