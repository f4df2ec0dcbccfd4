using System.Collections.Immutable;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// Finds the learning rate while it trains: raises it from very small until the loss, smoothed by a Gaussian process, has its minimum
/// behind it; goes back to the rate of that minimum, and cools down from there over what is left of the budget.
/// </summary>
/// <remarks>
/// <para>
/// Kim et al. 2021, "Automated Learning Rate Scheduler for Large-batch Training", arXiv 2107.05855; details as in the authors' code,
/// kakaobrain/autowu. The learning rate of the plan is not used, except for the ratios of its groups to it.
/// </para>
/// <para>
/// Update k (from 0) of the warm-up has the rate of <see cref="WarmupType"/>. After n losses a test asks for the probability that the
/// function behind the losses was lower before than it is now, and <c>x</c>, where in [0, 1] it is smallest. The warm-up ends when enough
/// tests in a row are sure; the rate is then the one of update <c>x (n - 1)</c>, averaged over votes. The update at position s after the
/// switch has that rate times <c>cooldown(s)</c>.
/// </para>
/// <para>
/// Where this differs from the authors' code: the first update of the cooldown has position 0 and the last one a position before the end,
/// while theirs skips the first and makes the last update with a rate of 0; a minimum that was not found, and losses that are not finite,
/// are what <see cref="AutoWarmupSettings.GoesBackWithoutMinimum"/> and <see cref="AutoWarmupSettings.NonFinitePatience"/> say. The
/// earliest switch is after as many tests as <see cref="AutoWarmupSettings.Patience"/>, the first of them with
/// <see cref="AutoWarmupSettings.MinLosses"/> losses or more.
/// </para>
/// <para>Immutable and safe for use by several threads. The same losses give the same decisions, bit by bit.</para>
/// </remarks>
public sealed record AutoWarmup : Controller
{
    private const int TestsOfABudget = 200;

    private readonly long _updates;
    private readonly long _testUpdates;
    private readonly double _testSamples;
    private Cooling? _cooling;

    /// <summary>A controller over a plan.</summary>
    /// <param name="plan">Budget, batch size, momentum and weight decay; and the rates of groups, as ratios to its own rate.</param>
    /// <param name="settings">What to do; <see cref="AutoWarmupSettings.Default"/> where it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public AutoWarmup(TrainingPlan plan, AutoWarmupSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        Settings = settings ?? AutoWarmupSettings.Default;
        _updates = plan.CountUpdates();
        WarmupUpdates = (long)(Settings.MaxWarmupFraction * _updates);
        (_testUpdates, _testSamples) = Interval();
        RequireUsable();
        InitialState = new AutoWarmupState();
    }

    /// <inheritdoc/>
    public override TrainingPlan Plan { get; }

    /// <summary>The settings.</summary>
    public AutoWarmupSettings Settings { get; }

    /// <summary>How many updates the longest warm-up has; at least 1.</summary>
    public long WarmupUpdates { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState { get; }

    /// <inheritdoc/>
    public override ControllerState Moved(ControllerState state, double factor) => Own(state) is { Switch: { } at } own
        ? own with { Switch = at with { Samples = Math.Max((long)Math.Round(factor * at.Samples), at.Updates) } }
        : state;

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) => new AutoWarmup(plan, Settings);

    /// <inheritdoc/>
    public override HyperParameters Decide(in Progress progress, ControllerState state) =>
        Plan.At(progress.Samples) with { LearningRate = RateAt(progress, Own(state)) };

    /// <summary>
    /// The same for a parameter group: its momentum and weight decay, and the rate of <see cref="Decide"/> times its share in the plan.
    /// </summary>
    /// <param name="group">The group's name.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters.</returns>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public override HyperParameters DecideGroup(string group, in Progress progress, ControllerState state)
    {
        var values = Plan.At(progress.Samples, group);
        var ratio = Plan.Settings.Groups[Plan.IndexOf(group)].LearningRate is null
            ? 1
            : values.LearningRate / Plan.At(progress.Samples).LearningRate;
        return values with { LearningRate = RateAt(progress, Own(state)) * ratio };
    }

    /// <inheritdoc/>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var before = Own(state);
        if (before.Switch is not null)
        {
            return before;
        }

        var after = before with { Losses = before.Losses.Append(observation.Loss) };
        var progress = observation.Progress;
        if (IsDiverged(after.Losses))
        {
            return BackToMinimum(after, progress, AutoWarmupReason.NonFinite);
        }

        if (progress.Updates >= WarmupUpdates)
        {
            return AtEnd(after, progress);
        }

        return IsTestDue(observation) && HasEnough(after.Losses) ? Observed(after, progress) : after;
    }

    /// <summary>
    /// A rollback during the warm-up is a reason to test at once, however few losses there are: one verdict is then enough, and a loss that
    /// is not finite is one. Without a verdict the warm-up goes on.
    /// </summary>
    /// <param name="observation">The update by which the rollback was decided.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    public override ControllerState RolledBack(in Observation observation, ControllerState state)
    {
        var before = Own(state);
        if (before.Switch is not null || !HasFinite(before.Losses))
        {
            return before;
        }

        if (!double.IsFinite(observation.Loss))
        {
            return BackToMinimum(before, observation.Progress, AutoWarmupReason.NonFinite);
        }

        var (tested, test) = Tested(before);
        return test.IsPast ? Back(tested, observation.Progress, AutoWarmupReason.RolledBack, test.Minima) : tested;
    }

    /// <summary>Whether the warm-up is still going on.</summary>
    /// <param name="state">The current memory.</param>
    /// <returns>Whether it is.</returns>
    public override bool IsSearching(ControllerState state) => Own(state).Switch is null;

    /// <summary>The warm-up's beginning, each answer of its test, and its end.</summary>
    /// <param name="before">The memory before the report.</param>
    /// <param name="after">The memory after it.</param>
    /// <returns>At most one event.</returns>
    public override ImmutableArray<ControllerEvent> Events(ControllerState before, ControllerState after)
    {
        var (old, now) = (Own(before), Own(after));
        return old.Switch is not null ? []
            : now.Switch is { } end ? [new WarmupEnded(end, now.Probability, now.Verdicts, now.Tests)]
            : old.Losses.Count == 0 || old.Probability != now.Probability ? [new WarmupPhase(now.Probability)]
            : [];
    }

    /// <inheritdoc/>
    public bool Equals(AutoWarmup? other) => other is not null && Plan == other.Plan && Settings == other.Settings;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Plan, Settings);

    private static AutoWarmupState Own(ControllerState state) =>
        state as AutoWarmupState
        ?? throw new ArgumentException(
            $"The state is a {state?.GetType().Name ?? "null"}; it must come from AutoWarmup's InitialState or Observe.", nameof(state));

    private static AutoWarmupState Switched(
        AutoWarmupState state, Progress progress, double rate, AutoWarmupReason reason, double? minimum) => state with
        {
            Losses = LossHistory.Empty,
            Switch = new AutoWarmupSwitch(progress.Updates, progress.Samples, rate, reason) { Minimum = minimum },
        };

    private double RateAt(in Progress progress, AutoWarmupState state) =>
        state.Switch is { } at
            ? at.LearningRate * CooldownFrom(at.Samples).At(Math.Max(progress.Samples - at.Samples, 0))
            : WarmupRate(Math.Min(progress.Updates, WarmupUpdates));

    private double WarmupRate(double update)
    {
        var share = update / WarmupUpdates;
        return Settings.WarmupType == WarmupType.Exp
            ? Blend.Geometric(Settings.MinLr, Settings.MaxLr, share)
            : Settings.MinLr + ((Settings.MaxLr - Settings.MinLr) * share);
    }

    // Kept because a plan whose batch changes all the time converts batches slowly. Two threads may both convert it: to the same.
    private Schedule CooldownFrom(long samples)
    {
        var known = _cooling;
        if (known is null || known.Start != samples)
        {
            known = new Cooling(samples, Plan.RatesFrom(nameof(Settings.Cooldown), Settings.Cooldown, samples));
            _cooling = known;
        }

        return known.Factor;
    }

    private bool IsDiverged(LossHistory losses)
    {
        if (Settings.NonFinitePatience is not { } patience || losses.Count < patience)
        {
            return false;
        }

        foreach (var loss in losses.AsSpan()[^patience..])
        {
            if (double.IsFinite(loss))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTestDue(in Observation observation)
    {
        var progress = observation.Progress;
        return _testUpdates > 0
            ? progress.Updates % _testUpdates == 0
            : Math.Floor(progress.Samples / _testSamples) > Math.Floor((progress.Samples - observation.Applied.BatchSize) / _testSamples);
    }

    private bool HasEnough(LossHistory losses) => losses.Count >= Settings.MinLosses && HasFinite(losses);

    private static bool HasFinite(LossHistory losses)
    {
        foreach (var loss in losses.AsSpan())
        {
            if (double.IsFinite(loss))
            {
                return true;
            }
        }

        return false;
    }

    private AutoWarmupState Observed(AutoWarmupState state, Progress progress)
    {
        var (tested, test) = Tested(state);
        return tested.Verdicts >= Settings.Patience ? Back(tested, progress, AutoWarmupReason.Minimum, test.Minima) : tested;
    }

    private (AutoWarmupState State, WarmupTest Test) Tested(AutoWarmupState state)
    {
        var test = TestOf(state);
        return (
            state with
            {
                Tests = state.Tests + 1,
                Verdicts = test.IsPast ? state.Verdicts + 1 : 0,
                Probability = test.Probability,
                SignalVariance = test.SignalVariance,
                NoiseVariance = test.NoiseVariance,
                Search = test.Search,
            },
            test);
    }

    private WarmupTest TestOf(AutoWarmupState state) => WarmupTest.Of(Settings, state.Losses.AsSpan(), state.Search, state.Tests);

    // The longest warm-up is over. Where the loss has not fallen, its minimum is where noise put it; but no rate did harm either.
    private AutoWarmupState AtEnd(AutoWarmupState state, Progress progress)
    {
        if (Settings.GoesBackWithoutMinimum && (!HasFinite(state.Losses) || TestOf(state).Fall > Settings.Confidence))
        {
            return BackToMinimum(state, progress, AutoWarmupReason.EndOfWarmup);
        }

        return Switched(state, progress, WarmupRate(state.Losses.Count - 1), AutoWarmupReason.EndOfWarmup, minimum: null);
    }

    private AutoWarmupState BackToMinimum(AutoWarmupState state, Progress progress, AutoWarmupReason reason) => HasFinite(state.Losses)
        ? Back(state, progress, reason, TestOf(state).Minima)
        : Switched(state, progress, Settings.MinLr, reason, minimum: null);

    private AutoWarmupState Back(AutoWarmupState state, Progress progress, AutoWarmupReason reason, double[] minima)
    {
        var last = state.Losses.Count - 1;
        var (rates, places) = (0.0, 0.0);
        foreach (var x in minima)
        {
            rates += WarmupRate(x * last);
            places += x;
        }

        return Switched(state, progress, rates / minima.Length, reason, places / minima.Length * last);
    }

    private (long Updates, double Samples) Interval() => Settings.TestEvery.Unit switch
    {
        TimeUnit.Rest => (Math.Max(_updates / TestsOfABudget, 1), 0),
        TimeUnit.Share => (WholeUpdates(Settings.TestEvery.Value * _updates), 0),
        TimeUnit.Batches => (WholeUpdates(Settings.TestEvery.Value), 0),
        TimeUnit.Epochs => (0, Settings.TestEvery.Value * (Plan.Settings.SamplesPerEpoch ?? double.NaN)),
        _ => (0, Settings.TestEvery.Value),
    };

    private static long WholeUpdates(double updates) => (long)Math.Clamp(Math.Round(updates), 1, long.MaxValue / 4);

    private void RequireUsable()
    {
        var findings = new List<Finding>();
        if (!(Settings.MaxLr > Settings.MinLr))
        {
            findings.Add(new Finding(
                nameof(Settings.MaxLr), Settings.MaxLr, $"but it must be above MinLr, {ExactNumber.Text(Settings.MinLr)}"));
        }

        if (WarmupUpdates < 1)
        {
            findings.Add(new Finding(
                nameof(Settings.MaxWarmupFraction),
                Settings.MaxWarmupFraction,
                $"but no update is in that share of {_updates}",
                "make it, or the budget, longer"));
        }

        if (double.IsNaN(_testSamples))
        {
            findings.Add(new Finding(
                nameof(Settings.TestEvery),
                Settings.TestEvery,
                "but the size of the training set is not known",
                "say it, or write ba, sp or dur"));
        }
        else if (_testUpdates == 0 && !(_testSamples >= 1))
        {
            findings.Add(new Finding(nameof(Settings.TestEvery), Settings.TestEvery, "it must be at least one sample"));
        }

        foreach (var group in Plan.Settings.Groups.Where(group => group.LearningRate is not null && !(Plan.LearningRate.Bounds.Min > 0)))
        {
            findings.Add(new Finding(
                nameof(PlanSettings.LearningRate),
                Plan.Settings.LearningRate,
                $"but the rate of group '{group.Name}' is a ratio to it, so that it must stay above 0",
                "write 1 for the plan's, and the ratio for the group's"));
        }

        // The cooldown has the least room after the longest warm-up.
        foreach (var start in (long[])[0, Plan.SamplesAfter(Math.Max(WarmupUpdates, 1))])
        {
            try
            {
                Plan.RatesFrom(nameof(Settings.Cooldown), Settings.Cooldown, Math.Min(start, Plan.Samples));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
                break;
            }
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    private sealed record Cooling(long Start, Schedule Factor);
}
