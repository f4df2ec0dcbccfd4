using System.Collections.Immutable;

namespace Rubato.Rewrites;

/// <summary>
/// Follows a plan from update to update and notes by how much the rewritten weights and buffer differ from the plan's before each.
/// </summary>
internal sealed class GrowthTable
{
    /// <summary>24 bytes for each update: more than this would be more than a gigabyte.</summary>
    private const long MostUpdates = 50_000_000;

    // A schedule of so many steps is none that was written as steps.
    private const int MostPhases = 1000;

    private readonly TrainingPlan _plan;
    private readonly string? _group;
    private readonly List<BufferCorrection> _corrections = [];

    private GrowthTable(TrainingPlan plan, string? group)
    {
        (_plan, _group) = (plan, group);
        var count = plan.CountUpdates();
        if (count > MostUpdates)
        {
            throw new InvalidInputException(
                new Finding(
                    $"the plan has {count} updates, but an exponential plan keeps a row for each and can have at most {MostUpdates}")
                {
                    Remedy = "make it shorter, or its batches larger",
                });
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
    internal static GrowthTable OfRecursion(TrainingPlan plan, string? group)
    {
        var table = new GrowthTable(plan, group);
        table.Fill(phased: false);
        return table;
    }

    /// <summary>TEXP: in each phase u is the fixed point of its recursion from the start.</summary>
    internal static GrowthTable OfPhases(TrainingPlan plan, string? group)
    {
        var table = new GrowthTable(plan, group);
        table.Fill(phased: true);
        return table;
    }

    private void Fill(bool phased)
    {
        var growth = new ExponentialGrowth { IsPhased = phased };
        var (index, state) = (0, default(GrowthState));
        foreach (var update in _plan.EnumerateUpdates())
        {
            var made = _group is null ? update.HyperParameters : _plan.At(update.Start, _group);
            try
            {
                (state, var correction) = growth.Follow(made, state);
                if (correction != 0)
                {
                    _corrections.Add(new BufferCorrection(update.Step, update.Start, correction, state.LogGrowth));
                }

                (Starts[index], Offsets[index]) = (update.Start, state.BufferOffset);
                var step = DecayStep.Of(state.BufferOffset, made);
                state = state.Grown(step.LogGrowth) with { BufferOffset = phased ? state.BufferOffset : step.OffsetAfter };
            }
            catch (InvalidInputException exception)
            {
                var place = $"update {update.Step}, at sample {update.Start}";
                throw new InvalidInputException([.. exception.Findings.Select(finding => finding.At(place))], exception);
            }

            RequirePhases(update.Step);
            LogGrowths[++index] = state.LogGrowth;
        }
    }

    private void RequirePhases(long step)
    {
        if (_corrections.Count > MostPhases)
        {
            throw new InvalidInputException(
                new Finding($"the plan has more than {MostPhases} phases of one rate, momentum and weight decay up to update {step}")
                {
                    Remedy = "write them as steps, or use ToExponential, which follows any schedule",
                });
        }
    }
}
