using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>Turns the settings of a plan into schedules in samples; collects what is wrong with them.</summary>
internal sealed class PlanBuilder
{
    // Stands for the size of a training set that is not known, where positions matter in proportion only.
    private const long AnyEpoch = 1_000_000;
    private const double MostEpochs = UpdateGrid.MostSamples / AnyEpoch;

    private readonly List<Finding> _findings = [];
    private readonly PlanSettings _settings;

    private PlanBuilder(PlanSettings settings) => _settings = settings;

    /// <summary>Builds a plan's parts.</summary>
    /// <exception cref="InvalidInputException">The settings cannot be used; all findings at once.</exception>
    internal static (UpdateGrid Grid, Schedule BatchSize, ImmutableArray<PlanSchedules> Groups) Build(PlanSettings settings)
    {
        var builder = new PlanBuilder(settings);
        return builder.Build() is { } parts ? parts : throw new InvalidInputException(builder._findings);
    }

    /// <summary>
    /// A schedule that is none of the plan's own, and may begin in its middle: in samples, over what is left of the budget.
    /// </summary>
    /// <param name="setting">The setting that it comes from, for findings.</param>
    /// <param name="schedule">The schedule; shares are of the whole budget.</param>
    /// <param name="plan">The plan's settings.</param>
    /// <param name="grid">The plan's updates.</param>
    /// <param name="batchSize">The plan's batch size, in samples.</param>
    /// <param name="start">Where it begins, in samples.</param>
    /// <param name="rule">Which values it may take.</param>
    /// <exception cref="InvalidInputException">It cannot be converted, or a value is out of its range.</exception>
    internal static Schedule Along(
        string setting, Schedule schedule, PlanSettings plan, UpdateGrid grid, Schedule batchSize, long start, ValueRule rule)
    {
        var builder = new PlanBuilder(plan);
        var axis = new SampleAxis(plan.SamplesPerEpoch, grid, builder.Uniform(batchSize));
        var place = new Place(axis, start, Math.Max(grid.Budget - start, 0), grid.Budget);
        var resolved = builder.Resolved(new Subject(setting), schedule, place, rule);
        return builder._findings.Count == 0 ? resolved : throw new InvalidInputException(builder._findings);
    }

    private (UpdateGrid Grid, Schedule BatchSize, ImmutableArray<PlanSchedules> Groups)? Build()
    {
        RequireSizes();
        var budgeted = _findings.Count == 0 ? Budget() : null;
        if (budgeted is not { } budget || BatchSize(budget) is not { } batchSize)
        {
            FindWithoutUpdates(budgeted);
            return null;
        }

        var grid = Grid(batchSize, budget);
        var uniform = Uniform(batchSize);
        var axis = new SampleAxis(_settings.SamplesPerEpoch, grid, uniform);
        var groups = ImmutableArray.CreateBuilder<PlanSchedules>();
        groups.Add(new PlanSchedules(
            Resolved(new Subject(nameof(PlanSettings.LearningRate)), _settings.LearningRate, axis, budget, ValueRule.Rate),
            Resolved(new Subject(nameof(PlanSettings.Momentum)), _settings.Momentum, axis, budget, ValueRule.Momentum),
            Resolved(new Subject(nameof(PlanSettings.WeightDecay)), _settings.WeightDecay, axis, budget, ValueRule.Rate)));
        foreach (var group in _settings.Groups)
        {
            groups.Add(new PlanSchedules(
                OfGroup(group, nameof(group.LearningRate), group.LearningRate, groups[0].LearningRate, axis, budget, ValueRule.Rate),
                OfGroup(group, nameof(group.Momentum), group.Momentum, groups[0].Momentum, axis, budget, ValueRule.Momentum),
                OfGroup(group, nameof(group.WeightDecay), group.WeightDecay, groups[0].WeightDecay, axis, budget, ValueRule.Rate)));
        }

        return _findings.Count == 0 ? (grid, batchSize, groups.ToImmutable()) : null;
    }

    // Where the updates are not known, each schedule is looked at as far as it does not depend on them, so that no finding hides another.
    private void FindWithoutUpdates(long? budget)
    {
        var samples = budget ?? KnownBudget();
        if (_findings.TrueForAll(finding => finding.Setting != nameof(PlanSettings.BatchSize)))
        {
            Look(new Subject(nameof(PlanSettings.BatchSize)), _settings.BatchSize, ValueRule.BatchSize);
        }

        Look(new Subject(nameof(PlanSettings.LearningRate)), _settings.LearningRate, ValueRule.Rate);
        Look(new Subject(nameof(PlanSettings.Momentum)), _settings.Momentum, ValueRule.Momentum);
        Look(new Subject(nameof(PlanSettings.WeightDecay)), _settings.WeightDecay, ValueRule.Rate);
        foreach (var group in _settings.Groups)
        {
            Look(new Subject(nameof(group.LearningRate), $"group '{group.Name}'"), group.LearningRate, ValueRule.Rate);
            Look(new Subject(nameof(group.Momentum), $"group '{group.Name}'"), group.Momentum, ValueRule.Momentum);
            Look(new Subject(nameof(group.WeightDecay), $"group '{group.Name}'"), group.WeightDecay, ValueRule.Rate);
        }

        void Look(Subject subject, Schedule? schedule, ValueRule rule)
        {
            if (schedule is Constant)
            {
                _ = Resolved(subject, schedule, new Place(new SampleAxis(null, grid: null, uniform: null), 0, 1, 1), rule);
            }
            else if (schedule is not null && samples is null)
            {
                LookInProportion(subject, schedule, rule);
            }
            else if (schedule is not null && samples is { } known)
            {
                var axis = new BatchlessAxis(_settings.SamplesPerEpoch);
                var before = _findings.Count;
                _ = Resolved(subject, schedule, axis, known, rule);
                if (axis.WasAskedForBatches)
                {
                    _findings.RemoveRange(before, _findings.Count - before);
                }
            }
        }
    }

    // Over a length in epochs, if neither samples nor batches are counted. A finding about several units would count samples.
    private void LookInProportion(Subject subject, Schedule schedule, ValueRule rule)
    {
        if (_settings is not { Length: { Unit: TimeUnit.Epochs, Value: > 0 and <= MostEpochs }, SamplesPerEpoch: null }
            || schedule.Uses(TimeUnit.Samples)
            || schedule.Uses(TimeUnit.Batches)
            || (schedule.Uses(TimeUnit.Epochs) && schedule.Uses(TimeUnit.Share)))
        {
            return;
        }

        var budget = _settings.Length.Value * AnyEpoch;
        var axis = new SampleAxis(AnyEpoch, grid: null, uniform: null);
        _ = Resolved(subject, schedule, new Place(axis, 0, budget, budget), rule, epoch: AnyEpoch);
    }

    // The budget where it depends on no batch size; null elsewhere, and where it cannot be used.
    private double? KnownBudget() => _settings.Length switch
    {
        { Value: <= 0 } => null,
        { Unit: TimeUnit.Samples } length => Math.Min(length.Value, UpdateGrid.MostSamples),
        { Unit: TimeUnit.Epochs } length when _settings.SamplesPerEpoch is >= 1 and var size =>
            Math.Min(length.Value * size, UpdateGrid.MostSamples),
        _ => null,
    };

    private void RequireSizes()
    {
        if (_settings.SamplesPerEpoch is < 1)
        {
            _findings.Add(new Finding(nameof(PlanSettings.SamplesPerEpoch), _settings.SamplesPerEpoch, "it must be at least 1"));
        }

        if (_settings.Length.Unit is TimeUnit.Rest or TimeUnit.Share || _settings.Length.Value <= 0)
        {
            _findings.Add(new Finding(
                nameof(PlanSettings.Length), _settings.Length, "it must be above 0 and in ep, ba or sp", "for instance 10ep"));
        }

        if (_settings is { Tail: EpochTail.Cut, SamplesPerEpoch: null })
        {
            _findings.Add(new Finding(
                nameof(PlanSettings.SamplesPerEpoch),
                null,
                "is missing, but batches are cut at the ends of epochs",
                "give it, or let batches run on"));
        }

        var byName = _settings.Groups.GroupBy(group => group.Name, StringComparer.Ordinal);
        foreach (var twin in byName.Where(twins => twins.Count() > 1 || twins.Key.Length == 0))
        {
            _findings.Add(twin.Key.Length == 0
                ? new Finding(nameof(PlanSettings.Groups), null, "a parameter group has no name", "give it one")
                : new Finding(nameof(PlanSettings.Groups), null, $"the parameter group '{twin.Key}' stands there twice", "leave one out"));
        }
    }

    private long? Budget()
    {
        var samples = _settings.Length.Unit switch
        {
            TimeUnit.Samples => _settings.Length.Value,
            TimeUnit.Epochs when _settings.SamplesPerEpoch is { } size => _settings.Length.Value * size,
            TimeUnit.Batches when BatchSize(double.PositiveInfinity) is { } batchSize => SamplesOf(batchSize, _settings.Length.Value),
            _ => double.NaN,
        };
        if (double.IsNaN(samples))
        {
            if (_findings.Count == 0)
            {
                _findings.Add(new Finding(
                    nameof(PlanSettings.Length),
                    _settings.Length,
                    "but the size of the training set is not known",
                    "say it, or write the length in ba or sp"));
            }

            return null;
        }

        if (Math.Round(samples) is >= 1 and <= UpdateGrid.MostSamples)
        {
            return (long)Math.Round(samples);
        }

        _findings.Add(new Finding(
            nameof(PlanSettings.Length),
            _settings.Length,
            double.IsFinite(samples)
                ? $"which is {Duration.Samples(samples)}; it must be at least 1 and at most 9e15 samples"
                : "which is more samples than can be counted; it must be at least 1 and at most 9e15 samples"));
        return null;
    }

    private double SamplesOf(Schedule batchSize, double batches)
    {
        try
        {
            return Grid(batchSize, long.MaxValue / 4).SamplesAfter(batches);
        }
        catch (InvalidInputException exception)
        {
            _findings.AddRange(exception.Findings);
            return double.NaN;
        }
    }

    private Schedule? BatchSize(double budget)
    {
        var axis = new SampleAxis(_settings.SamplesPerEpoch, grid: null, uniform: null);
        var subject = new Subject(nameof(PlanSettings.BatchSize));
        try
        {
            var schedule = _settings.Tail == EpochTail.Carry ? BatchPhases.InSamples(_settings.BatchSize) : _settings.BatchSize;
            var before = _findings.Count;
            var resolved = Resolved(subject, schedule, new Place(axis, 0, budget, budget), ValueRule.BatchSize, _settings.BatchSize);
            return _findings.Count == before ? resolved : null;
        }
        catch (InvalidInputException exception)
        {
            _findings.AddRange(exception.Findings.Select(finding => subject.Over(finding, _settings.BatchSize)));
            return null;
        }
    }

    private UpdateGrid Grid(Schedule batchSize, long budget) =>
        new(batchSize, _settings.Tail, _settings.SamplesPerEpoch ?? long.MaxValue, budget);

    // The one batch size of every update, if there is one.
    private long? Uniform(Schedule batchSize)
    {
        if (!double.IsPositiveInfinity(batchSize.HoldsUntil(0)))
        {
            return null;
        }

        var size = (long)Math.Round(batchSize.Evaluate(0));
        return _settings.Tail == EpochTail.Carry || _settings.SamplesPerEpoch % size == 0 ? size : null;
    }

    private Schedule OfGroup(
        GroupSettings group, string setting, Schedule? own, Schedule plans, SampleAxis axis, double budget, ValueRule rule) =>
        own is null ? plans : Resolved(new Subject(setting, $"group '{group.Name}'"), own, axis, budget, rule);

    // A placeholder stands for what cannot be used, so that the other findings are found too.
    private Schedule Resolved(Subject subject, Schedule schedule, TimeAxis axis, double budget, ValueRule rule) =>
        Resolved(subject, schedule, new Place(axis, 0, budget, budget), rule);

    private Schedule Resolved(
        Subject subject, Schedule schedule, in Place place, ValueRule rule, Schedule? written = null, long? epoch = null)
    {
        written ??= schedule;
        try
        {
            var resolved = schedule.Resolve(place);
            if (!resolved.IsResolved)
            {
                _findings.Add(subject.About(written, "it cannot be converted to samples"));
            }
            else if (rule.Finding(resolved, (long)Math.Min(place.Room, UpdateGrid.MostSamples), epoch) is { } broken)
            {
                _findings.Add(subject.About(written, broken));
            }
            else
            {
                return resolved;
            }
        }
        catch (InvalidInputException exception)
        {
            _findings.AddRange(exception.Findings.Select(finding => subject.Over(finding, written)));
        }

        return new Constant(1);
    }

    // A setting of the plan, or of one of its groups.
    private sealed record Subject(string Setting, string? Group = null)
    {
        internal Finding About(Schedule schedule, string rule) => new(Setting, schedule, rule) { Place = Group };

        internal Finding Over(Finding finding, Schedule schedule) => finding.Under(Setting, schedule.ToString()) with { Place = Group };
    }
}
