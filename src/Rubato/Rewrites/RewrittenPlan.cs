using System.Collections.Immutable;

namespace Rubato.Rewrites;

/// <summary>The factor of the rate over a piece; <paramref name="ownMomentum"/> for a group whose momentum is not the plan's.</summary>
internal delegate double RateFactor(in BatchPiece piece, bool ownMomentum);

/// <summary>Puts a plan together from another one and its rewritten batch sizes.</summary>
internal sealed class RewrittenPlan(TrainingPlan plan, ImmutableArray<BatchPiece> pieces, Schedule? momentum, RateFactor factor)
{
    // A rate of more steps than this stays as it is written, times a table of factors.
    private const int MostSteps = 1000;

    private readonly StepTable _table = new(plan);

    internal TrainingPlan Build()
    {
        var settings = plan.Settings;
        var sameSizes = pieces.All(piece => piece.Size == piece.Planned);
        if (sameSizes && (momentum is null || momentum == settings.Momentum))
        {
            return plan;
        }

        return new TrainingPlan(Checked(settings with
        {
            Length = settings.Length.Unit == TimeUnit.Batches ? Duration.Samples(plan.Samples) : settings.Length,
            BatchSize = sameSizes ? settings.BatchSize : _table.Of([.. pieces.Select(piece => new ValueFrom(piece.Start, piece.Size))]),
            LearningRate = Rate(settings.LearningRate, plan.LearningRate, ownMomentum: false),
            Momentum = momentum ?? Kept(settings.Momentum, plan.Momentum),
            WeightDecay = Kept(settings.WeightDecay, plan.WeightDecay),
            Groups = [.. settings.Groups.Select(Group)],
        }));
    }

    // A plan whose text nobody can read back is of no use.
    private PlanSettings Checked(PlanSettings rewritten) =>
        Math.Max(rewritten.BatchSize.ToString().Length, rewritten.LearningRate.ToString().Length) <= Schedule.MaxTextLength
            ? rewritten
            : throw new InvalidInputException(
                new Finding($"the rewritten batch size would change {pieces.Length - 1} times, more than the text of a schedule can hold")
                {
                    Remedy = "give a larger ratio, or write the plan's batch size and rate as steps",
                });

    private GroupSettings Group(GroupSettings group, int index)
    {
        var own = plan.SchedulesOf(index);
        var ownMomentum = group.Momentum is not null;
        return group with
        {
            LearningRate = group.LearningRate is { } rate ? Rate(rate, own.LearningRate, ownMomentum)
                : ownMomentum && momentum is not null ? Rate(plan.Settings.LearningRate, own.LearningRate, ownMomentum)
                : null,
            Momentum = group.Momentum is { } written ? Kept(written, own.Momentum) : null,
            WeightDecay = group.WeightDecay is { } decay ? Kept(decay, own.WeightDecay) : null,
        };
    }

    private Schedule Rate(Schedule written, Schedule resolved, bool ownMomentum)
    {
        var factors = Factors(ownMomentum);
        if (factors is [{ Value: 1 }])
        {
            return Kept(written, resolved);
        }

        if (Steps(resolved, factors) is { } steps)
        {
            return _table.Of(steps);
        }

        return _table.Of(factors) * Kept(written, resolved);
    }

    private List<ValueFrom> Factors(bool ownMomentum)
    {
        var factors = new List<ValueFrom>();
        foreach (var piece in pieces)
        {
            var value = factor(piece, ownMomentum);
            if (factors.Count == 0 || !StepTable.Same(value, factors[^1].Value))
            {
                factors.Add(new ValueFrom(piece.Start, StepTable.Same(value, 1) ? 1 : value));
            }
        }

        return factors;
    }

    // The rate times the factors, where it has few steps only; null otherwise.
    private List<ValueFrom>? Steps(Schedule resolved, List<ValueFrom> factors)
    {
        var steps = new List<ValueFrom>();
        var next = 0;
        for (var position = 0.0; position < plan.Samples;)
        {
            next += next < factors.Count && factors[next].Start <= position ? 1 : 0;
            var until = resolved.HoldsUntil(position);
            if (!(until > position) || steps.Count == MostSteps)
            {
                return null;
            }

            steps.Add(new ValueFrom(position, resolved.Evaluate(position) * factors[next - 1].Value));
            position = next < factors.Count ? Math.Min(until, factors[next].Start) : until;
        }

        return steps;
    }

    // Times in batches would move with the batch.
    private static Schedule Kept(Schedule written, Schedule resolved) => written.Uses(TimeUnit.Batches) ? resolved : written;
}
