using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Rewrites;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Tasks;

/// <summary>A training with every choice made: data, network, optimizer and plan. Nothing has been built or written yet.</summary>
/// <remarks>Immutable. Two are equal only if they share their functions.</remarks>
internal sealed record TrainingTask
{
    // Chosen, not fitted: a rate for checks of the plan's shape, so small that no limit on rates applies.
    private const double NextToNothing = 1e-12;

    // Chosen, not fitted: one sample less is enough, unless batches grow and ends of epochs fall elsewhere.
    private const int MostLeftOut = 16;

    /// <summary>The names of the parts in records and on the screen.</summary>
    public required TaskNames Names { get; init; }

    /// <summary>What is trained, on which samples, and for which loss.</summary>
    public required TrainingSubject Subject { get; init; }

    /// <summary>Makes the optimizer of parameter groups.</summary>
    public required Func<IReadOnlyList<ParameterGroup>, Optimizer> CreateOptimizer { get; init; }

    /// <summary>
    /// Whether an update of the optimizer is the rate times a sum of gradients. Then <c>lr / |w|^2</c> tells how far it turns the weights.
    /// </summary>
    public bool HasEffectiveRate { get; init; }

    /// <summary>How far a maximum rate stays below the one at which a range test has the lowest loss; at least 1.</summary>
    public double RangeMargin { get; init; } = 1;

    /// <summary>The learning rate as it was asked for; never <see cref="UsualRate"/>.</summary>
    public required Rate Rate { get; init; }

    /// <summary>The rate with which a <see cref="PolyakRate"/> begins, the optimizer's usual one; finite, above 0.</summary>
    public required double FirstRate { get; init; }

    /// <summary>The batch size as it was asked for.</summary>
    public required Batch Batch { get; init; }

    /// <summary>The rewrites of the plan.</summary>
    public RewriteSequence Rewrite { get; init; } = new();

    /// <summary>
    /// The plan that is followed, with its rewrites applied. If the rate is still to be found, it is the plan without rewrites, in shares
    /// of that rate. Of a <see cref="PolyakRate"/> it is in shares, too.
    /// </summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>The parameter groups as they were asked for: the plan's are these over its schedules.</summary>
    public ParameterGroups Groups { get; init; } = ParameterGroups.None;

    /// <summary>Whether a <see cref="LossGuard"/> goes back to a snapshot with a lower rate when the loss is lost.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>How the rate is found if <see cref="Rate"/> is a <see cref="RehearsedRate"/>.</summary>
    public required RehearsalSettings Rehearsal { get; init; }

    /// <summary>Samples that a rehearsal may take outside the budget; null for what the network lets one compute in a moment.</summary>
    public long? FreeSamples { get; init; }

    /// <summary>Whether the weights are those of a miniature run, so that the loss begins low, and rises as the rate does.</summary>
    public bool HasLearned { get; init; }

    /// <summary>How the bounds are found if <see cref="Rate"/> is a <see cref="RangeTestedRate"/>; null otherwise.</summary>
    public Sweep? Sweep { get; init; }

    /// <summary>The loss before anything was learned; null if it was not measured.</summary>
    public double? StartLoss { get; init; }

    /// <summary>The largest norm of a gradient; a longer one is shortened to it. Null for any.</summary>
    public Schedule? ClipNorm { get; init; }

    /// <summary>The largest absolute value of a gradient's element; larger ones are clamped to it. Null for any.</summary>
    public Schedule? ClipValue { get; init; }

    /// <summary>A safetensors file whose weights the network begins with, as far as they fit; null for those it is built with.</summary>
    public string? Init { get; init; }

    /// <summary>The largest batch that is computed at once, in samples; null for the whole.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>
    /// Samples that share the statistics of a batch normalization in training, at least 2; null for all that are computed at once.
    /// </summary>
    public int? GhostBatch { get; init; }

    /// <summary>Whether batch normalizations take their statistics over the samples of all processes.</summary>
    public bool SyncBatchNorm { get; init; }

    /// <summary>Measure the noise of the gradient at every n-th update; at least 1, and null for never.</summary>
    public int? MeasureNoise { get; init; }

    /// <summary>What the best epoch is chosen by; null if none is kept.</summary>
    public Watched? Best { get; init; }

    /// <summary>After how many epochs in a row without a new best the run ends, at least 1; null for never.</summary>
    public int? StopEarly { get; init; }

    /// <summary>The seed of initial weights, order of samples and augmentation.</summary>
    public long Seed { get; init; }

    /// <summary>The device that computes the training.</summary>
    public required Device Device { get; init; }

    /// <summary>The processes that train together.</summary>
    public IPeers Peers { get; init; } = Alone.Instance;

    /// <summary>Threads inside an operator; at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The order of the numbers of images in memory.</summary>
    public MemoryFormat MemoryFormat { get; init; }

    /// <summary>The budget in epochs.</summary>
    public double Epochs => (double)Plan.Samples / Subject.TrainCount;

    /// <summary>Whether the optimizer has a momentum, or a beta1.</summary>
    public bool HasMomentum { get; init; } = true;

    /// <summary>The momentum as it was asked for; null if the optimizer has none.</summary>
    public Schedule? Momentum => HasMomentum ? Plan.Settings.Momentum : null;

    /// <summary>Whether the learning rate or its bounds are still to be found, so that the plan holds shares of it.</summary>
    public bool IsOfShares => Rate is RehearsedRate or RangeTestedRate;

    /// <summary>Makes the controller, which decides the hyper-parameters of each update.</summary>
    /// <exception cref="InvalidInputException">Plan and settings do not go together; all findings at once.</exception>
    public Controller BuildController()
    {
        var rated = Named(nameof(PlanSettings.LearningRate), Rate, () => Rate.Over(Plan, FirstRate));
        var decided = Named(nameof(PlanSettings.BatchSize), Batch, () => Batch.Around(rated, Multiple));
        return IsGuarded ? new GuardedController(decided, Guard()) : decided;
    }

    private LossGuard Guard() => LossGuard.For(Plan.CountUpdates(), Plan.At(0).BatchSize) with
    {
        StartLoss = StartLoss,
        StuckFrom = HasLearned ? Rate.UsualWarmup ?? 0 : 0,
    };

    /// <summary>The limits of the gradient, along the plan as it is now; null for none.</summary>
    /// <exception cref="InvalidInputException">The plan cannot convert one.</exception>
    internal ClipLimits? ClipLimits() => Tasks.ClipLimits.Of(Plan, ClipNorm, ClipValue);

    /// <summary>
    /// Whether any update has weight decay; without it there is nothing that a growing rate could stand for. Looks at every update.
    /// </summary>
    internal bool HasWeightDecay() => Plan.EnumerateUpdates().Any(update =>
        update.HyperParameters.WeightDecay > 0
        || Plan.Settings.Groups.Any(group => Plan.At(update.Start, group.Name).WeightDecay > 0));

    /// <summary>How weights grow in the exponential form; null if the run has none.</summary>
    internal ExponentialGrowth? Growth => Rewrite.Exponential is not { } form ? null : new ExponentialGrowth
    {
        IsPhased = form.Form != ExponentialForm.AnySchedule,
        IsCorrected = form.IsCorrected,
    };

    /// <summary>The same task with weight decay instead of the exponential form.</summary>
    internal TrainingTask WithWeightDecay() => this with { Rewrite = Rewrite with { Exponential = null } };

    /// <summary>The task with its plan rewritten, as far as that can be done before rates are found.</summary>
    /// <returns>
    /// The task. A plan in shares stays as it is; its shape is only checked against the conditions of the rewrites. So an impossible
    /// rewrite shows before a rate is searched for.
    /// </returns>
    /// <exception cref="InvalidInputException">The plan leaves no room for a rewrite, or does not meet its conditions.</exception>
    public TrainingTask Rewritten()
    {
        if (Rate is ScheduledRate or PeakRate)
        {
            return this with { Plan = RewrittenPlan(Plan, Rewrite) };
        }

        if (Rewrite.Exponential is { Form: not ExponentialForm.AnySchedule })
        {
            _ = RewrittenPlan(Scaled(Plan, NextToNothing), Rewrite);
        }

        var rewritten = RewrittenPlan(Plan, Rewrite with { Exponential = null });
        return IsOfShares ? this : this with { Plan = rewritten };
    }

    /// <summary>The task with the bounds of the learning rate that were found.</summary>
    /// <param name="range">The bounds.</param>
    /// <returns>The task, and its learning rate.</returns>
    /// <exception cref="InvalidOperationException">No bounds are asked for.</exception>
    /// <exception cref="InvalidInputException">The plan leaves no room for a rewrite, or does not meet its conditions.</exception>
    internal (TrainingTask Task, Schedule Rate) With(RateRange range)
    {
        var rate = Rate as RangeTestedRate
            ?? throw new InvalidOperationException($"The learning rate is {Rate}, which has no bounds to be found.");
        var plan = Plan.Settings;
        var schedule = rate.Between(range, plan.Length, plan.Length.Unit == TimeUnit.Epochs ? plan.Length.Value : Epochs);
        var written = plan with { LearningRate = schedule };
        return (this with { Plan = RewrittenPlan(new TrainingPlan(written with { Groups = Groups.Over(written) }), Rewrite) }, schedule);
    }

    /// <summary>
    /// The task with the learning rate that was found, and with the budget that the probing has left. Parameter groups keep their ratios.
    /// </summary>
    /// <param name="found">What the rehearsal found.</param>
    /// <param name="needsTwo">Whether no update may have a single sample: then the budget may be a few samples shorter.</param>
    internal TrainingTask With(RehearsalResult found, bool needsTwo = false)
    {
        // What a rehearsal costs is known only after it, and with it where the last batch is cut.
        var left = Math.Max(Plan.Samples - found.PaidSamples, needsTwo ? 2 : 1);
        var plan = PlanOf(left);
        for (var less = 1; needsTwo && plan.FirstUpdateOf(1) is not null && less <= MostLeftOut && left - less >= 2; less++)
        {
            plan = PlanOf(left - less);
        }

        double? startLoss = double.IsFinite(found.StartLoss) ? found.StartLoss : null;
        return this with { Plan = plan, HasLearned = found.TookWeights, StartLoss = startLoss };

        TrainingPlan PlanOf(long samples) => RewrittenPlan(
            new TrainingPlan(Scaled(Plan, found.PeakRate).Settings with { Length = Duration.Samples(samples) }), Rewrite);
    }

    private long? Multiple => Batch is GrowingBatch growing ? Rewriting.MultipleFor(MicroBatch, growing.First) : null;

    // The findings of a controller are reported under the setting that asks for it.
    private static Controller Named(string setting, object value, Func<Controller> build)
    {
        try
        {
            return build();
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => finding.Under(setting, $"{value}"))], exception);
        }
    }

    private TrainingPlan RewrittenPlan(TrainingPlan plan, RewriteSequence rewrite) => Rewriting.Apply(rewrite, plan, MicroBatch);

    private static TrainingPlan Scaled(TrainingPlan plan, double factor) => new(plan.Settings with
    {
        LearningRate = plan.Settings.LearningRate.Scale(factor),
        Groups = [.. plan.Settings.Groups.Select(group => group with { LearningRate = group.LearningRate?.Scale(factor) })],
    });
}
