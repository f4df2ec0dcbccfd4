using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>Turns the settings of a plan into schedules in samples; collects what is wrong with them.</summary>
internal sealed class PlanBuilder
{
    // Beyond it a double no longer tells two samples apart.
    private const double MostSamples = 9e15;

    private readonly List<string> _findings = [];
    private readonly PlanSettings _settings;

    private PlanBuilder(PlanSettings settings) => _settings = settings;

    /// <summary>Builds a plan's parts.</summary>
    /// <exception cref="InvalidInputException">The settings cannot be used; all findings at once.</exception>
    internal static (UpdateGrid Grid, Schedule BatchSize, ImmutableArray<PlanSchedules> Groups) Build(PlanSettings settings)
    {
        var builder = new PlanBuilder(settings);
        return builder.Build() is { } parts ? parts : throw new InvalidInputException(builder._findings);
    }

    /// <summary>A schedule of rates or of their factors that begins in the middle of a plan: in samples, over what is left of the budget.</summary>
    /// <param name="what">What it is, for findings.</param>
    /// <param name="schedule">The schedule; shares are of the whole budget.</param>
    /// <param name="plan">The plan's settings.</param>
    /// <param name="grid">The plan's updates.</param>
    /// <param name="batchSize">The plan's batch size, in samples.</param>
    /// <param name="start">Where it begins, in samples.</param>
    /// <exception cref="InvalidInputException">It cannot be converted, or a value is out of its range.</exception>
    internal static Schedule RatesFrom(string what, Schedule schedule, PlanSettings plan, UpdateGrid grid, Schedule batchSize, long start)
    {
        var builder = new PlanBuilder(plan);
        var axis = new SampleAxis(plan.SamplesPerEpoch, grid, builder.Uniform(batchSize));
        var place = new Place(axis, start, Math.Max(grid.Budget - start, 0), grid.Budget);
        var resolved = builder.Resolved(what, schedule, place, ValueRule.Rate);
        return builder._findings.Count == 0 ? resolved : throw new InvalidInputException(builder._findings);
    }

    private (UpdateGrid Grid, Schedule BatchSize, ImmutableArray<PlanSchedules> Groups)? Build()
    {
        RequireSizes();
        if (_findings.Count > 0 || Budget() is not { } budget || BatchSize(budget) is not { } batchSize)
        {
            return null;
        }

        var grid = Grid(batchSize, budget);
        var uniform = Uniform(batchSize);
        var axis = new SampleAxis(_settings.SamplesPerEpoch, grid, uniform);
        var groups = ImmutableArray.CreateBuilder<PlanSchedules>();
        groups.Add(new PlanSchedules(
            Resolved("learning rate", _settings.LearningRate, axis, budget, ValueRule.Rate),
            Resolved("momentum", _settings.Momentum, axis, budget, ValueRule.Momentum),
            Resolved("weight decay", _settings.WeightDecay, axis, budget, ValueRule.Rate)));
        foreach (var group in _settings.Groups)
        {
            groups.Add(new PlanSchedules(
                OfGroup(group, "learning rate", group.LearningRate, groups[0].LearningRate, axis, budget, ValueRule.Rate),
                OfGroup(group, "momentum", group.Momentum, groups[0].Momentum, axis, budget, ValueRule.Momentum),
                OfGroup(group, "weight decay", group.WeightDecay, groups[0].WeightDecay, axis, budget, ValueRule.Rate)));
        }

        return _findings.Count == 0 ? (grid, batchSize, groups.ToImmutable()) : null;
    }

    private void RequireSizes()
    {
        if (_settings.SamplesPerEpoch is < 1)
        {
            _findings.Add($"the size of the training set is {_settings.SamplesPerEpoch}; it must be at least 1.");
        }

        if (_settings.Length.Unit is TimeUnit.Rest or TimeUnit.Share || _settings.Length.Value <= 0)
        {
            _findings.Add($"the plan's length is '{_settings.Length}'; it must be above 0 and in ep, ba or sp, such as 10ep.");
        }

        if (_settings is { Tail: EpochTail.Cut, SamplesPerEpoch: null })
        {
            _findings.Add("batches are cut at the ends of epochs, but the size of the training set is not known; say it, or let batches run on.");
        }

        foreach (var twin in _settings.Groups.GroupBy(group => group.Name, StringComparer.Ordinal).Where(twins => twins.Count() > 1 || twins.Key.Length == 0))
        {
            _findings.Add(twin.Key.Length == 0 ? "a parameter group has no name; give it one." : $"the parameter group '{twin.Key}' stands there twice; leave one out.");
        }
    }

    private long? Budget()
    {
        var samples = _settings.Length.Unit switch
        {
            TimeUnit.Samples => _settings.Length.Value,
            TimeUnit.Epochs when _settings.SamplesPerEpoch is { } size => _settings.Length.Value * size,
            TimeUnit.Batches when BatchSize(double.PositiveInfinity) is { } batchSize => Grid(batchSize, long.MaxValue / 4).SamplesAfter(_settings.Length.Value),
            _ => double.NaN,
        };
        if (double.IsNaN(samples))
        {
            if (_findings.Count == 0)
            {
                _findings.Add($"the plan's length is '{_settings.Length}', but the size of the training set is not known; say it, or write the length in ba or sp.");
            }

            return null;
        }

        if (Math.Round(samples) is >= 1 and <= MostSamples)
        {
            return (long)Math.Round(samples);
        }

        _findings.Add($"the plan's length '{_settings.Length}' is {Duration.Samples(samples)}; it must be at least 1 and at most 9e15 samples.");
        return null;
    }

    private Schedule? BatchSize(double budget)
    {
        var axis = new SampleAxis(_settings.SamplesPerEpoch, grid: null, uniform: null);
        var schedule = _settings.Tail == EpochTail.Carry ? BatchPhases.InSamples(_settings.BatchSize) : _settings.BatchSize;
        var before = _findings.Count;
        var resolved = Resolved("batch size", schedule, axis, budget, ValueRule.BatchSize);
        return _findings.Count == before ? resolved : null;
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
        GroupSettings group, string what, Schedule? own, Schedule plans, SampleAxis axis, double budget, ValueRule rule) =>
        own is null ? plans : Resolved($"{what} of group '{group.Name}'", own, axis, budget, rule);

    // A placeholder stands for what cannot be used, so that the other findings are found too.
    private Schedule Resolved(string what, Schedule schedule, SampleAxis axis, double budget, ValueRule rule) =>
        Resolved(what, schedule, new Place(axis, 0, budget, budget), rule);

    private Schedule Resolved(string what, Schedule schedule, in Place place, ValueRule rule)
    {
        try
        {
            var resolved = schedule.Resolve(place);
            if (!resolved.IsResolved)
            {
                _findings.Add($"the {what}, '{schedule}', cannot be converted to samples.");
            }
            else if (rule.Finding(resolved, (long)Math.Min(place.Room, MostSamples)) is { } finding)
            {
                _findings.Add($"the {what}, '{schedule}': {finding}.");
            }
            else
            {
                return resolved;
            }
        }
        catch (InvalidInputException exception)
        {
            _findings.AddRange(exception.Findings.Select(finding => $"the {what}, '{schedule}': {finding}"));
        }

        return new Constant(1);
    }
}
