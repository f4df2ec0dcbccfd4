using System.Collections.Immutable;

namespace Rubato.Rewrites;

/// <summary>Follows a plan from its start to its end and notes where the planned or the chosen batch size changes.</summary>
/// <remarks>
/// From step to step where everything holds; in up to 100,000 places, with a search between two that differ, where only the rate moves; and
/// from sample to sample where the planned batch itself moves, because the rate must follow each whole number of it.
/// </remarks>
internal sealed class BatchWalk
{
    private const long Probes = 100_000;
    private const double MostMoving = 2e8;

    // A repeated schedule may have any number of changes between two samples; an update is read at one of them.
    private const int MostBetween = 16;

    private readonly TrainingPlan _plan;
    private readonly BatchChoice _choice;
    private readonly List<BatchPiece> _pieces = [];

    private BatchWalk(TrainingPlan plan, BatchChoice choice) => (_plan, _choice) = (plan, choice);

    /// <summary>The pieces, in ascending order; the first begins at 0, and neighbours differ.</summary>
    /// <exception cref="InvalidInputException">The batch moves all the time for too long.</exception>
    internal static ImmutableArray<BatchPiece> Over(TrainingPlan plan, BatchChoice choice)
    {
        var walk = new BatchWalk(plan, choice);
        walk.Walk();
        return [.. walk._pieces];
    }

    private void Walk()
    {
        var stride = Math.Max(_plan.Samples / Probes, 1);
        var moving = 0L;
        var between = 0;
        for (var position = 0.0; position < _plan.Samples;)
        {
            var moment = At(position);
            Note(position, moment);
            _choice.Pass(moment);
            var sizeHolds = HoldsUntil(_plan.BatchSize, position);
            if (sizeHolds is null && ++moving > MostMoving)
            {
                throw new InvalidInputException(new Finding(
                    nameof(PlanSettings.BatchSize),
                    _plan.Settings.BatchSize,
                    $"which moves all the time over more than {MostMoving} samples, too many to follow",
                    "write it as steps"));
            }

            if (_choice.FollowsMomentum && HoldsUntil(_plan.Momentum, position) is null)
            {
                throw new InvalidInputException(new Finding(
                    nameof(PlanSettings.Momentum),
                    _plan.Settings.Momentum,
                    "which moves all the time, so that no batch sizes can follow it",
                    "write it as a number or as steps"));
            }

            var next = sizeHolds is { } until ? Next(position, until, moment, stride) : NextSample(position);
            between = next < Math.Floor(position) + 1 ? between + 1 : 0;
            position = between <= MostBetween ? next : Math.Floor(position) + 1;
        }
    }

    // Steps between two samples count too: a rewrite of the rewritten plan may change the batch there.
    private double NextSample(double position) => Math.Min(
        Math.Floor(position) + 1,
        Math.Min(
            HoldsUntil(_plan.LearningRate, position) ?? double.PositiveInfinity,
            HoldsUntil(_plan.Momentum, position) ?? double.PositiveInfinity));

    private double Next(double position, double until, in BatchMoment moment, long stride)
    {
        if (_choice.FollowsMomentum)
        {
            until = Math.Min(until, _plan.Momentum.HoldsUntil(position));
        }

        if (!_choice.FollowsRate)
        {
            return until;
        }

        if (moment.RateHolds)
        {
            return Math.Min(until, _plan.LearningRate.HoldsUntil(position));
        }

        var (low, high) = (Math.Floor(position), Math.Min(Math.Floor(position) + stride, until));
        var size = _choice.Choose(moment);
        while (high - low > 1 && _choice.Choose(At(high)) != size)
        {
            var middle = Math.Floor((low + high) / 2);
            if (_choice.Choose(At(Math.Max(middle, position))) == size)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private BatchMoment At(double position) => new(
        _plan.LearningRate.Evaluate(position),
        _plan.LearningRate.HoldsUntil(position) > position,
        (long)Math.Round(_plan.BatchSize.Evaluate(position)),
        _choice.FollowsMomentum ? _plan.Momentum.Evaluate(position) : 0);

    private void Note(double position, in BatchMoment moment)
    {
        var piece = new BatchPiece(position, moment.Planned, _choice.Choose(moment), moment.Momentum);
        if (_pieces.Count == 0 || _pieces[^1] with { Start = position } != piece)
        {
            _pieces.Add(piece);
        }
    }

    private static double? HoldsUntil(Schedule schedule, double position) =>
        schedule.HoldsUntil(position) is var until && until > position ? until : null;
}
