using System.Collections.Immutable;

namespace Rubato.Rewrites;

/// <summary>
/// A plan without weight decay whose learning rate grows instead, update by update: for weights whose length has no effect on the network's
/// function it trains the same function as its <see cref="Source"/>. Made by <see cref="ExponentialRewrites"/>.
/// </summary>
/// <remarks>
/// <para>
/// Rates are kept as natural logarithms, because they soon leave every range: at 1.4812 an epoch that of float32 after 230 epochs. Sizes of
/// batches and the momentum are those of the source. It is about one parameter group; the parameters of others, and those that are not
/// scale-invariant, keep the rate and the weight decay of the source.
/// </para>
/// <para>
/// Computed once, with 24 bytes for each update (24 MB for a million); sums of logarithms are compensated, so that the last update of a
/// million is as exact as the first, to the last digit of the logarithm. Li and Arora 2019, "An Exponential Learning Rate Schedule for Deep
/// Learning", arXiv 1910.07454. Equality is that of source, group and corrections. Immutable and safe for use by several threads.
/// </para>
/// </remarks>
public sealed record ExponentialPlan
{
    private readonly GrowthTable _table;

    internal ExponentialPlan(TrainingPlan source, string? group, GrowthTable table)
    {
        (Source, Group, _table) = (source, group, table);
        Corrections = table.Corrections;
    }

    /// <summary>The plan with weight decay whose function this one trains.</summary>
    public TrainingPlan Source { get; }

    /// <summary>The name of the source's parameter group that this is about; null for the parameters of no group.</summary>
    public string? Group { get; }

    /// <summary>The number of updates; at least 1.</summary>
    public int Count => _table.Starts.Length;

    /// <summary>
    /// What is added to the momentum buffer, in the order of updates: none of <see cref="ExponentialRewrites.ToExponential"/>; of
    /// <see cref="ExponentialRewrites.Texp"/> the buffer to begin with and one where a phase begins.
    /// </summary>
    public ImmutableArray<BufferCorrection> Corrections { get; }

    /// <summary>An update by its number.</summary>
    /// <param name="step">The number; the first is 1.</param>
    /// <returns>The update.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such update.</exception>
    public ExponentialUpdate Update(long step)
    {
        if (step < 1 || step > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"step must be at least 1 and at most {Count}.");
        }

        var index = (int)step - 1;
        var (start, offset) = (_table.Starts[index], _table.Offsets[index]);
        var made = Source.ValuesAt(start, Group);
        var (before, after) = (_table.LogGrowths[index], _table.LogGrowths[index + 1]);
        return new ExponentialUpdate
        {
            Step = step,
            Start = start,
            BatchSize = made.BatchSize,
            Momentum = made.Momentum,
            LogRate = Math.Log(made.LearningRate) + before + after,
            LogGrowth = before,
            LogGrowthAfter = after,
            BufferOffset = offset,
            BufferOffsetAfter = DecayStep.From(offset, made.LearningRate, made.Momentum, made.WeightDecay).OffsetAfter,
        };
    }

    /// <summary>The update that starts at a position.</summary>
    /// <param name="samples">Samples seen before it.</param>
    /// <returns>The update.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No update of the plan starts there.</exception>
    public ExponentialUpdate At(long samples)
    {
        var index = Array.BinarySearch(_table.Starts, samples);
        return index >= 0
            ? Update(index + 1)
            : throw new ArgumentOutOfRangeException(
                nameof(samples),
                samples,
                "no update starts there: the rate depends on all updates before, which are those of the plan; "
                + $"the last one before starts at {_table.Starts[Math.Max(~index - 1, 0)]}.");
    }

    /// <summary>Every update, one after another.</summary>
    /// <returns>The updates, made while they are read.</returns>
    public IEnumerable<ExponentialUpdate> EnumerateUpdates()
    {
        for (var step = 1; step <= Count; step++)
        {
            yield return Update(step);
        }
    }

    /// <summary>The way back, update by update: see <see cref="ExponentialUpdate.ToWeightDecay"/>.</summary>
    /// <returns>The updates with weight decay, made while they are read.</returns>
    public IEnumerable<PlannedUpdate> ToWeightDecay() => EnumerateUpdates().Select(update => update.ToWeightDecay());

    /// <inheritdoc/>
    public bool Equals(ExponentialPlan? other) =>
        other is not null && Source == other.Source && Group == other.Group && Corrections.SequenceEqual(other.Corrections);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Source, Group, Corrections.Length);
}
