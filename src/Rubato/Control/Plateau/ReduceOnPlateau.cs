namespace Rubato.Control;

/// <summary>
/// Multiplies the rate of another controller by a factor whenever the training loss, or what else is watched, gets no better. Around a
/// plan: the plan's schedule, a warm-up and then a constant for instance, times the scale that the losses have led to.
/// </summary>
/// <remarks>
/// <para>
/// The losses of every <see cref="ReduceOnPlateauSettings.Every"/> are averaged, weighted by samples. Each mean is judged as
/// <c>ReduceLROnPlateau</c> of PyTorch 1.13 judges what it is given, with mode <c>min</c>: better than the best is one with <c>mean &lt;
/// best (1 - threshold)</c>, or <c>mean &lt; best - threshold</c>; more than <see cref="ReduceOnPlateauSettings.Patience"/> in a row that
/// are not better (NaN never is) multiply the scale by <see cref="ReduceOnPlateauSettings.Factor"/>, unless the rate would fall by no more
/// than <see cref="ReduceOnPlateauSettings.Eps"/>; the next <see cref="ReduceOnPlateauSettings.Cooldown"/> means do not count as bad.
/// </para>
/// <para>
/// With <see cref="ReduceOnPlateauSettings.Watch"/> the values that <see cref="Driver.ReportEvaluation"/> brings are judged in place of
/// means of training losses; of an accuracy with mode <c>max</c>: better is one with <c>value &gt; best (1 + threshold)</c>, or <c>value
/// &gt; best + threshold</c>.
/// </para>
/// <para>
/// With r the rate that the controller within decides, the update's rate is <c>max(r scale, min(r, min_lr))</c>: the floor stops reductions
/// and does not lift a warm-up. Groups are multiplied by what their base rate is multiplied by, so that their ratios stay; PyTorch holds
/// each group at its own floor instead. Where r is constant, rates are PyTorch's to rounding, since it multiplies the rate itself at each
/// reduction.
/// </para>
/// <para>Immutable and safe for use by several threads. The same losses give the same decisions, bit by bit.</para>
/// </remarks>
public sealed record ReduceOnPlateau : WrappingController<ReduceOnPlateauState>
{
    private const double UsualShare = 0.01;

    private readonly long _everyUpdates;
    private readonly double _everySamples;
    private readonly long _afterUpdates;
    private readonly double _afterSamples;

    /// <summary>A controller over a plan.</summary>
    /// <param name="plan">The plan to follow.</param>
    /// <param name="settings">What to do; <see cref="ReduceOnPlateauSettings.Default"/> if it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public ReduceOnPlateau(TrainingPlan plan, ReduceOnPlateauSettings? settings = null)
        : this(new PlanController(plan), settings)
    {
    }

    /// <summary>A controller around another one.</summary>
    /// <param name="inner">
    /// The controller whose rates are scaled; epochs, batches and shares are those of its plan. It sees each update as it was applied.
    /// </param>
    /// <param name="settings">What to do; <see cref="ReduceOnPlateauSettings.Default"/> if it is left out.</param>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public ReduceOnPlateau(Controller inner, ReduceOnPlateauSettings? settings = null)
        : base(inner)
    {
        Settings = settings ?? ReduceOnPlateauSettings.Default;
        InitialState = new ReduceOnPlateauState(Inner.InitialState, new PlateauState { Watch = Settings.Watch });
        (_everyUpdates, _everySamples) = Every();
        (_afterUpdates, _afterSamples) = After();
        RequireUsable();
    }

    /// <summary>The settings.</summary>
    public ReduceOnPlateauSettings Settings { get; }

    /// <inheritdoc/>
    public override ControllerState InitialState { get; }

    /// <summary>The same for a parameter group: its rate times what the base rate is multiplied by.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The current memory.</param>
    /// <returns>The hyper-parameters.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="state"/> is no <see cref="ReduceOnPlateauState"/>, or there is no such group.
    /// </exception>
    public override HyperParameters DecideGroup(string group, in Progress progress, ControllerState state)
    {
        var own = Own(state);
        var values = Inner.DecideGroup(group, progress, own.Inner);
        var rate = Inner.Decide(progress, own.Inner).LearningRate;
        var scale = rate * own.Plateau.Scale >= Math.Min(rate, Settings.MinLr) ? own.Plateau.Scale : Math.Min(rate, Settings.MinLr) / rate;
        return values with { LearningRate = values.LearningRate * scale };
    }

    /// <inheritdoc/>
    public override Controller? WithPlan(TrainingPlan plan) =>
        Inner.WithPlan(plan) is { } inner ? new ReduceOnPlateau(inner, Settings) : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="state"/> is no <see cref="ReduceOnPlateauState"/>.</exception>
    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var inner = Inner.Observe(observation, own.Inner);
        var plateau = Settings.Watch is null && IsWatched(observation) ? Seen(observation, inner, own.Plateau) : own.Plateau;
        return ReferenceEquals(inner, own.Inner) && ReferenceEquals(plateau, own.Plateau) ? own : new ReduceOnPlateauState(inner, plateau);
    }

    /// <summary>The memory after an evaluation, which is judged if it has what is watched.</summary>
    /// <param name="metrics">What was measured.</param>
    /// <param name="progress">How far the run has come.</param>
    /// <param name="state">The memory before.</param>
    /// <returns>The memory after it.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="state"/> is no <see cref="ReduceOnPlateauState"/>, or what is watched was not measured.
    /// </exception>
    public override ControllerState Evaluated(in EvaluationMetrics metrics, in Progress progress, ControllerState state)
    {
        var own = (ReduceOnPlateauState)base.Evaluated(metrics, progress, state);
        if (Settings.Watch is not { } watched || !IsPast(progress))
        {
            return own;
        }

        var value = metrics.Of(watched) ?? throw new ArgumentException(
            $"The plateau watches {watched.Text()}, which the evaluation has not measured; report it, or watch another measure.",
            nameof(metrics));
        var rate = Inner.Decide(progress, own.Inner).LearningRate;
        return new ReduceOnPlateauState(own.Inner, PlateauRule.Judge(Settings, value, rate, own.Plateau));
    }

    /// <inheritdoc/>
    protected override HyperParameters Adjust(in HyperParameters decided, in Progress progress, ReduceOnPlateauState state) =>
        decided with { LearningRate = PlateauRule.Scaled(Settings, decided.LearningRate, state.Plateau.Scale) };

    /// <inheritdoc/>
    protected override ControllerEvent? OwnEvent(ReduceOnPlateauState before, ReduceOnPlateauState after) =>
        after.Plateau.Reductions > before.Plateau.Reductions
            ? new RateReduced(after.Plateau.Scale, after.Plateau.LastMean ?? double.NaN, after.Plateau.Best) { Watch = Settings.Watch }
            : null;

    private PlateauState Seen(in Observation observation, ControllerState inner, PlateauState state)
    {
        // A running mean gives a single loss back as it is; a sum divided by its weight would not.
        var samples = state.Samples + observation.Applied.BatchSize;
        var mean = state.Samples == 0
            ? observation.Loss
            : state.Mean + ((observation.Loss - state.Mean) * ((double)observation.Applied.BatchSize / samples));
        if (!IsComplete(observation, state.Updates + 1))
        {
            return state with { Mean = mean, Samples = samples, Updates = state.Updates + 1 };
        }

        var rate = Inner.Decide(observation.Progress, inner).LearningRate;
        return PlateauRule.Judge(Settings, mean, rate, state) with { Mean = 0, Samples = 0, Updates = 0 };
    }

    private bool IsWatched(in Observation observation) =>
        observation.Progress.Updates > _afterUpdates && observation.Progress.Samples - observation.Applied.BatchSize >= _afterSamples;

    private bool IsPast(in Progress progress) => progress.Updates > _afterUpdates && progress.Samples > _afterSamples;

    private bool IsComplete(in Observation observation, long updates)
    {
        if (_everyUpdates > 0)
        {
            return updates >= _everyUpdates;
        }

        var end = observation.Progress.Samples - _afterSamples;
        return Math.Floor(end / _everySamples) > Math.Floor((end - observation.Applied.BatchSize) / _everySamples);
    }

    private (long Updates, double Samples) Every() => Settings.Every.Unit switch
    {
        TimeUnit.Rest => (0, Plan.Settings.SamplesPerEpoch ?? Math.Max(UsualShare * Plan.Samples, 1)),
        TimeUnit.Batches => ((long)Math.Clamp(Math.Round(Settings.Every.Value), 1, long.MaxValue / 4), 0),
        _ => (0, SamplesOf(Settings.Every)),
    };

    private (long Updates, double Samples) After() => Settings.After.Unit switch
    {
        TimeUnit.Rest => (0, 0),
        TimeUnit.Batches => ((long)Math.Clamp(Math.Round(Settings.After.Value), 0, long.MaxValue / 4), 0),
        _ => (0, SamplesOf(Settings.After)),
    };

    private double SamplesOf(Duration duration) => duration.Unit switch
    {
        TimeUnit.Epochs => duration.Value * (Plan.Settings.SamplesPerEpoch ?? double.NaN),
        TimeUnit.Share => duration.Value * Plan.Samples,
        _ => duration.Value,
    };

    private void RequireUsable()
    {
        var findings = new List<Finding>();
        if (Settings is { Watch: { } watched, Every.IsRest: false })
        {
            findings.Add(new Finding(
                nameof(Settings.Every),
                Settings.Every,
                $"but {watched.Text()} is watched, and each evaluation counts as one",
                "leave it out"));
        }
        else if (double.IsNaN(_everySamples))
        {
            findings.Add(new Finding(
                nameof(Settings.Every), Settings.Every, "but the size of the training set is not known", "say it, or write ba, sp or dur"));
        }
        else if (Settings.Every is { IsRest: false, Value: 0 } || (_everyUpdates == 0 && !(_everySamples >= 1)))
        {
            findings.Add(new Finding(nameof(Settings.Every), Settings.Every, "it must be at least one sample"));
        }

        if (double.IsNaN(_afterSamples))
        {
            findings.Add(new Finding(
                nameof(Settings.After), Settings.After, "but the size of the training set is not known", "say it, or write ba, sp or dur"));
        }
        else if (_afterSamples >= Plan.Samples || (_afterUpdates > 0 && _afterUpdates >= Plan.CountUpdates()))
        {
            findings.Add(new Finding(
                nameof(Settings.After),
                Settings.After,
                $"but the budget of {Plan.Settings.Length} is used up by then",
                "make that shorter, or the budget longer"));
        }

        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }
}
