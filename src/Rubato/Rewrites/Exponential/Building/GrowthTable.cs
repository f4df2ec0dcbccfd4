using System.Collections.Immutable;
using Rubato.Plans;

namespace Rubato.Rewrites.Exponential.Building;

/// <summary>Follows a plan from update to update and notes by how much the rewritten weights and buffer differ from the plan's before each.</summary>
internal sealed class GrowthTable
{
    /// <summary>24 bytes for each update: more than this would be more than a gigabyte.</summary>
    private const long MostUpdates = 50_000_000;

    // A schedule of so many steps is none that was written as steps.
    private const int MostPhases = 1000;

    private readonly TrainingPlan _plan;
    private readonly int _group;
    private readonly List<BufferCorrection> _corrections = [];

    private GrowthTable(TrainingPlan plan, int group)
    {
        (_plan, _group) = (plan, group);
        var count = plan.CountUpdates();
        if (count > MostUpdates)
        {
            throw new InvalidInputException(
                $"the plan has {count} updates, but an exponential plan keeps a row for each and can have at most {MostUpdates}; make it shorter, or its batches larger.");
        }

        Starts = new long[count];
        Offsets = new double[count];
        LogGrowths = new double[count + 1];
    }

    /// <summary>Samples before each update, ascending.</summary>
    internal long[] Starts { get; }

    /// <summary>u before each update, after its correction.</summary>
    internal double[] Offsets { get; }

    /// <summary>ln P before each update and after the last.</summary>
    internal double[] LogGrowths { get; }

    /// <summary>Where u is not what the update before left.</summary>
    internal ImmutableArray<BufferCorrection> Corrections => [.. _corrections];

    /// <summary>TEXP++: u begins at 0 and follows its recursion.</summary>
    internal static GrowthTable OfRecursion(TrainingPlan plan, int group)
    {
        var table = new GrowthTable(plan, group);
        table.Fill(phased: false);
        return table;
    }

    /// <summary>TEXP: in each phase u is the fixed point of its recursion from the start.</summary>
    internal static GrowthTable OfPhases(TrainingPlan plan, int group)
    {
        var table = new GrowthTable(plan, group);
        table.Fill(phased: true);
        return table;
    }

    private void Fill(bool phased)
    {
        var (index, offset, sum, lost) = (0, 0.0, 0.0, 0.0);
        HyperParameters? phase = null;
        foreach (var update in _plan.EnumerateUpdates())
        {
            // The size of the batch is no part of a phase here.
            var made = (_group == -1 ? update.HyperParameters : _plan.At(update.Start, _group)) with { BatchSize = 1 };
            if (phased && made != phase)
            {
                offset = Corrected(update, made, offset, LogGrowths[index]);
                phase = made;
            }

            var step = DecayStep.From(offset, made.LearningRate, made.Momentum, made.WeightDecay);
            RequireAbove0(update, made, step.Alpha);
            (Starts[index], Offsets[index]) = (update.Start, offset);

            // Neumaier's sum: growths that are far below the last digit of their sum would otherwise be rounded away, a million times.
            var next = sum + step.LogGrowth;
            lost += sum >= step.LogGrowth ? sum - next + step.LogGrowth : step.LogGrowth - next + sum;
            sum = next;
            LogGrowths[++index] = sum + lost;
            offset = phased ? offset : step.OffsetAfter;
        }
    }

    private double Corrected(in PlannedUpdate update, in HyperParameters made, double before, double logGrowth)
    {
        var product = made.LearningRate * made.WeightDecay;
        var limit = SteadyGrowth.Limit(made.Momentum);
        if (product > limit)
        {
            throw new InvalidInputException(FormattableString.Invariant(
                $"update {update.Step}, at sample {update.Start}: the learning rate {made.LearningRate} times the weight decay {made.WeightDecay} is {product:G6}, but with momentum {made.Momentum} a rate can grow steadily only up to (1 - sqrt(momentum))^2 = {limit:G6}; lower one of them."));
        }

        var offset = SteadyGrowth.Of(made).BufferOffset;
        if (offset != before)
        {
            _corrections.Add(new BufferCorrection(update.Step, update.Start, before - offset, logGrowth));
        }

        return _corrections.Count <= MostPhases
            ? offset
            : throw new InvalidInputException(
                $"the plan has more than {MostPhases} phases of one rate, momentum and weight decay up to update {update.Step}; write them as steps, or use ToExponential, which follows any schedule.");
    }

    private static void RequireAbove0(in PlannedUpdate update, in HyperParameters made, double alpha)
    {
        if (!(alpha > 0))
        {
            throw new InvalidInputException(FormattableString.Invariant(
                $"update {update.Step}, at sample {update.Start}: weight decay {made.WeightDecay} at learning rate {made.LearningRate} and momentum {made.Momentum} takes away more than all of the weights (alpha = {alpha:G4}, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate."));
        }
    }
}
