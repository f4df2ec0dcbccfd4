using System.Globalization;

namespace Rubato.Plans;

/// <summary>
/// Where updates begin and how many samples each has: the one place that decides it, for counting, previews and training.
/// </summary>
/// <remarks>
/// <para>
/// An update belongs to the phase in which its middle lies: a change of the batch size takes effect at the update nearest to it (the later
/// of two at the same distance), and the run ends after the number of whole updates nearest to the budget. Without that rule rounding would
/// always err to one side, once for each phase.
/// </para>
/// <para>
/// All hyper-parameters of such an update are read at the change, so that rate and batch size change in the same update. Where the batch
/// shrinks, several small updates may take the place of less than half a large one; they too are of the new phase, and read at its start.
/// </para>
/// <para>With <see cref="EpochTail.Cut"/> batches end at the ends of epochs and at the budget, so the run ends there exactly.</para>
/// </remarks>
internal sealed class UpdateGrid(Schedule batchSize, EpochTail tail, long samplesPerEpoch, long budget)
{
    /// <summary>The longest budget, in samples. Beyond it a double no longer tells two samples apart.</summary>
    internal const double MostSamples = 9e15;

    // Chosen: some seconds. A run on ImageNet of 90 epochs has 2 million updates of 64.
    private const long MostFollowed = 5_000_000;

    // The size that never changes, as of most plans, or 0: it need not be looked up for each update.
    private readonly long _constantSize = double.IsPositiveInfinity(batchSize.HoldsUntil(0)) ? SizeOf(batchSize.Evaluate(0)) : 0;

    /// <summary>The samples of the budget.</summary>
    internal long Budget => budget;

    /// <summary>The grid of other batches over the same budget.</summary>
    /// <param name="sizes">The batch size over samples.</param>
    internal UpdateGrid Of(Schedule sizes) => new(sizes, tail, samplesPerEpoch, budget);

    /// <summary>Whether no update begins at a position.</summary>
    internal bool IsOver(long samples) =>
        samples > 0 && (tail == EpochTail.Cut ? samples >= budget : 2 * (budget - samples) < PlannedSize(samples, out _));

    /// <summary>The size of the update that begins at a position, and the position at which its hyper-parameters are read.</summary>
    internal (long Size, double ReadAt) UpdateAt(long samples)
    {
        var planned = PlannedSize(samples, out var readAt);
        return (TrueSize(planned, samples), readAt);
    }

    /// <summary>
    /// How many updates begin before a position, of a run that goes on beyond the budget; beyond <see cref="MostSamples"/> about how many.
    /// </summary>
    internal double CountBefore(double position)
    {
        var (samples, count, followed) = (0L, 0L, 0L);
        while (samples < position)
        {
            Follow(ref followed);
            var (size, runs) = RunAt(samples);
            if (samples > MostSamples)
            {
                return count + ((position - samples) / size);
            }

            var needed = (long)Math.Min(Math.Ceiling((position - samples) / size), runs);
            count += needed;
            samples += needed * size;
        }

        return count;
    }

    /// <summary>The number of updates in the budget.</summary>
    internal long Count()
    {
        var (samples, count, followed) = (0L, 0L, 0L);
        while (!IsOver(samples))
        {
            Follow(ref followed);
            var (size, runs) = RunAt(samples);
            if (tail == EpochTail.Carry)
            {
                // Update i of the run, which begins at samples + i * size, is made unless less than half of it is left.
                runs = Math.Min(runs, Math.Max(((2 * (budget - samples)) - size) / (2 * size), 0) + 1);
            }

            count += runs;
            samples += runs * size;
        }

        return count;
    }

    /// <summary>Where the first update of a size begins; null if the budget has none.</summary>
    internal long? FirstOf(long wanted)
    {
        var followed = 0L;
        for (var samples = 0L; !IsOver(samples);)
        {
            Follow(ref followed);
            var (size, runs) = RunAt(samples);
            if (size == wanted)
            {
                return samples;
            }

            samples += runs * size;
        }

        return null;
    }

    /// <summary>
    /// Samples seen after a number of updates, of a run that goes on beyond the budget; a part of an update counts in proportion. Beyond
    /// <see cref="MostSamples"/> the size stays what it is there; the result may be infinite.
    /// </summary>
    internal double SamplesAfter(double updates)
    {
        var (samples, left, followed) = (0L, updates, 0L);
        while (left > 0)
        {
            Follow(ref followed);
            var (size, runs) = RunAt(samples);
            if (left < runs || samples > MostSamples)
            {
                return samples + (left * size);
            }

            left -= runs;
            samples += runs * size;
        }

        return samples;
    }

    /// <summary>
    /// How many samples an update of a size has that begins at a position. What is cut off it has no part in where its middle lies.
    /// </summary>
    internal long TrueSize(long planned, long samples) => tail == EpochTail.Cut ? Math.Min(planned, RoomAt(samples)) : planned;

    // Where the batch moves all the time, each update is followed by itself.
    private static void Follow(ref long followed)
    {
        if (++followed > MostFollowed)
        {
            throw new InvalidInputException(new Finding(string.Create(
                CultureInfo.InvariantCulture,
                $"the batch size changes more than {MostFollowed:N0} times over the length, too often to follow"))
            {
                Remedy = "write it as steps, or shorten the length",
            });
        }
    }

    /// <summary>
    /// Updates of the same size from a position on: at least one. Only what surely has one size is put into one run.
    /// </summary>
    internal (long Size, long Updates) RunAt(long samples)
    {
        var planned = PlannedSize(samples, out var readAt);
        var size = TrueSize(planned, samples);
        var until = batchSize.HoldsUntil(readAt);
        if (size < planned || until <= readAt)
        {
            return (size, 1);
        }

        // Update i begins at samples + i * size and is in this phase unless the phase ends before its middle.
        var updates = Math.Floor((until - (size * 0.5) - samples) / size) + 1;
        if (tail == EpochTail.Cut)
        {
            updates = Math.Min(updates, RoomAt(samples) / size);
        }

        return (size, (long)Math.Clamp(updates, 1, (double)(long.MaxValue / 4 / size)));
    }

    private long PlannedSize(long samples, out double readAt)
    {
        readAt = samples;
        if (_constantSize > 0)
        {
            return _constantSize;
        }

        while (true)
        {
            var size = SizeOf(batchSize.Evaluate(readAt));
            var until = batchSize.HoldsUntil(readAt);
            if (!(until > readAt && until < samples + (TrueSize(size, samples) * 0.5)))
            {
                return size;
            }

            readAt = until;
        }
    }

    private long RoomAt(long samples)
    {
        var room = samplesPerEpoch - (samples % samplesPerEpoch);
        return samples < budget ? Math.Min(room, budget - samples) : room;
    }

    // The plan looks at a schedule in many places, but a narrow peak may lie between them.
    private static long SizeOf(double value) => ValueRule.BatchSize.Allows(value)
        ? (long)Math.Round(value)
        : throw new InvalidInputException(
            new Finding(nameof(PlanSettings.BatchSize), value, $"it must be {ValueRule.BatchSize.Sentence}"));
}
