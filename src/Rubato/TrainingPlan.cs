using System.Collections.Immutable;
using Rubato.Plans;

namespace Rubato;

/// <summary>
/// Schedules over one budget: learning rate, global batch size, momentum and weight decay as functions of the samples seen. All units are
/// converted to samples when the plan is built, so the plan stays right when its batch grows.
/// </summary>
/// <remarks>
/// The value at a position is what the update that <em>starts</em> there is made with: the first update uses position 0. An update belongs
/// to the phase of the batch size in which its middle lies, and all its values are read there; the run ends after the number of whole
/// updates nearest to the budget (see <see cref="EpochTail"/> for batches that are cut instead). Equality is that of the settings.
/// Immutable and safe for use by several threads.
/// </remarks>
public sealed record TrainingPlan
{
    // Chosen, not fitted: of a longer warm-up an update is less than a tenth.
    private const int MostShort = 11;

    private readonly UpdateGrid _grid;
    private readonly ImmutableArray<PlanSchedules> _groups;

    /// <summary>Builds a plan.</summary>
    /// <param name="settings">What it consists of.</param>
    /// <exception cref="InvalidInputException">
    /// A length cannot be converted, or a value is out of its range; all findings at once, each with how to mend it.
    /// </exception>
    public TrainingPlan(PlanSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        (_grid, BatchSize, _groups) = PlanBuilder.Build(settings);
    }

    /// <summary>What the plan was built from.</summary>
    public PlanSettings Settings { get; }

    /// <summary>The budget in samples; at least 1.</summary>
    public long Samples => _grid.Budget;

    /// <summary>The learning rate over samples.</summary>
    public Schedule LearningRate => _groups[0].LearningRate;

    /// <summary>The global batch size over samples, before it is rounded.</summary>
    public Schedule BatchSize { get; }

    /// <summary>Momentum, or beta1 for Adam's family, over samples.</summary>
    public Schedule Momentum => _groups[0].Momentum;

    /// <summary>The weight decay over samples.</summary>
    public Schedule WeightDecay => _groups[0].WeightDecay;

    /// <summary>What the update that starts at a position is made with.</summary>
    /// <param name="samples">Samples seen before the update; at least 0.</param>
    /// <returns>The hyper-parameters; the batch size is the update's true size.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    public HyperParameters At(long samples) => At(samples, _groups[0]);

    /// <summary>What the update that starts at a position is made with, for a parameter group.</summary>
    /// <param name="samples">Samples seen before the update; at least 0.</param>
    /// <param name="group">The group's name in <see cref="PlanSettings.Groups"/>.</param>
    /// <returns>The hyper-parameters; the batch size is the update's true size.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public HyperParameters At(long samples, string group) => At(samples, SchedulesOf(group));

    /// <summary>
    /// A schedule that is none of the plan's own, such as a limit of the gradient's norm, read where the plan's schedules are read.
    /// </summary>
    /// <param name="setting">What it is, for messages.</param>
    /// <param name="schedule">The schedule, over the plan's budget and in any unit of time; its values are finite and above 0.</param>
    /// <returns>
    /// The value for the update that starts at a position, in samples seen before it. The function throws an
    /// <see cref="ArgumentOutOfRangeException"/> where that is negative.
    /// </returns>
    /// <exception cref="InvalidInputException">It cannot be converted to samples, or a value is not finite or not above 0.</exception>
    public Func<long, double> Along(string setting, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(schedule);
        var resolved = PlanBuilder.Along(setting, schedule, Settings, _grid, BatchSize, 0, ValueRule.Positive);
        return samples =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(samples);
            return resolved.Evaluate(_grid.UpdateAt(samples).ReadAt);
        };
    }

    /// <summary>Whether the budget is used up: no update starts at this position.</summary>
    /// <param name="samples">Samples seen; at least 0.</param>
    /// <returns>True from the end of the last update on.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative.</exception>
    public bool IsOver(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        return _grid.IsOver(samples);
    }

    /// <summary>
    /// The number of updates in the budget, exactly and without running them: as many as <see cref="EnumerateUpdates"/> has. Phases of one
    /// batch size are counted at once; a batch size that changes all the time is followed update by update.
    /// </summary>
    /// <returns>At least 1.</returns>
    public long CountUpdates() => _grid.Count();

    /// <summary>
    /// Where the first update of a size begins, such as one of a single sample, which has no variance. Phases of one batch size are looked
    /// at as a whole.
    /// </summary>
    /// <param name="batchSize">The true size of the update, in samples.</param>
    /// <returns>Samples seen before it; null if the budget has no such update.</returns>
    public long? FirstUpdateOf(long batchSize) => _grid.FirstOf(batchSize);

    /// <summary>
    /// How many updates a short warm-up from 0 has. An update is made with the rate of its start, so the first of them changes nothing.
    /// </summary>
    /// <returns>
    /// The updates before the rate rises no more, from 1 to 10; null if the first update has a rate above 0, the rate stays at 0 for a
    /// while, or the warm-up is longer: then little of it is lost.
    /// </returns>
    public int? ShortWarmupFromZero()
    {
        double[] rates = [.. EnumerateUpdates().Take(MostShort + 1).Select(update => update.HyperParameters.LearningRate)];
        if (rates is not [0, > 0, ..])
        {
            return null;
        }

        var rising = 1;
        while (rising < rates.Length && rates[rising] > rates[rising - 1])
        {
            rising++;
        }

        return rising <= MostShort ? rising - 1 : null;
    }

    /// <summary>Every update of the run, one after another.</summary>
    /// <returns>The updates, made while they are read.</returns>
    public IEnumerable<PlannedUpdate> EnumerateUpdates()
    {
        var samples = 0L;
        for (var step = 1L; !IsOver(samples); step++)
        {
            var update = new PlannedUpdate(step, samples, At(samples));
            yield return update;
            samples = update.End;
        }
    }

    /// <summary>
    /// A schedule of rates or of their factors over what is left of the budget from a position on, in samples from there.
    /// </summary>
    /// <exception cref="InvalidInputException">It cannot be converted, or a value is out of its range.</exception>
    internal Schedule RatesFrom(string setting, Schedule schedule, long samples) =>
        PlanBuilder.Along(setting, schedule, Settings, _grid, BatchSize, samples, ValueRule.Rate);

    /// <summary>The schedules of a parameter group, in samples.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    internal PlanSchedules SchedulesOf(string group) => _groups[IndexOf(group) + 1];

    /// <summary>
    /// What the update that starts at a position is made with: for a parameter group, or with null for the parameters of no group.
    /// </summary>
    internal HyperParameters ValuesAt(long samples, string? group) => group is null ? At(samples) : At(samples, group);

    /// <summary>The place of a parameter group in <see cref="PlanSettings.Groups"/>.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    internal int IndexOf(string group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var groups = Settings.Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Name == group)
            {
                return i;
            }
        }

        var known = groups.IsEmpty ? "it has none" : $"it has {string.Join(", ", groups.Select(known => known.Name))}";
        throw new ArgumentException($"The plan has no parameter group '{group}'; {known}.", nameof(group));
    }

    /// <summary>
    /// How many samples an update has that begins at a position, where its batch is not the plan's: all, or those before the next cut.
    /// </summary>
    internal long TrueSize(long batchSize, long samples) => _grid.TrueSize(batchSize, samples);

    /// <summary>Where updates of other batches would begin, over the same budget and with the same cuts.</summary>
    /// <param name="sizes">The batch size over samples.</param>
    internal UpdateGrid GridOf(Schedule sizes) => _grid.Of(sizes);

    /// <summary>Samples seen after a number of updates.</summary>
    internal long SamplesAfter(long updates) => (long)_grid.SamplesAfter(updates);

    private HyperParameters At(long samples, in PlanSchedules schedules)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var (size, readAt) = _grid.UpdateAt(samples);
        return new HyperParameters(
            schedules.LearningRate.Evaluate(readAt), size, schedules.Momentum.Evaluate(readAt), schedules.WeightDecay.Evaluate(readAt));
    }

    /// <inheritdoc/>
    public bool Equals(TrainingPlan? other) => other is not null && Settings == other.Settings;

    /// <inheritdoc/>
    public override int GetHashCode() => Settings.GetHashCode();
}
