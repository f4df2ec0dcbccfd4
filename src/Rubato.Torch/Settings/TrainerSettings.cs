using Rubato.Control;
using Rubato.Rewrites;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>How a <see cref="Trainer"/> trains, but for the learning rate, which each <see cref="NetworkTrainer.Fit"/> is given.</summary>
/// <remarks>Immutable. Nothing is checked here: the trainer reports all findings at once.</remarks>
public sealed record TrainerSettings
{
    /// <summary>At every n-th update the noise of the gradient is measured for an adaptive batch, if nobody says.</summary>
    internal const int UsualMeasureNoise = 10;

    /// <summary>
    /// The momentum of a one-cycle run if none is given: against the rate (Smith 2018, arXiv 1803.09820, section 4.3), in the bounds of
    /// fastai and PyTorch.
    /// </summary>
    public static Schedule OneCycleMomentum { get; } = Schedule.OneCycleMomentum(0.85, 0.95);

    /// <summary>The budget: in epochs, batches or samples.</summary>
    public required Duration Length { get; init; }

    /// <summary>The global batch size in samples: a number, a schedule, or <see cref="Batch.Adaptive"/>.</summary>
    public Batch BatchSize { get; init; } = 128;

    /// <summary>The optimizer.</summary>
    public OptimizerChoice Optimizer { get; init; } = OptimizerChoice.AdamW();

    /// <summary>
    /// Momentum, or beta1, in [0, 1). Null takes the optimizer's usual one; under <see cref="Rate.RangeTested"/> with one cycle it moves
    /// against the rate.
    /// </summary>
    public Schedule? Momentum { get; init; }

    /// <summary>The weight decay; at least 0. Null takes the optimizer's usual one.</summary>
    public Schedule? WeightDecay { get; init; }

    /// <summary>
    /// The largest Euclidean norm of a gradient, over all parameters and the whole batch; finite, above 0. A longer gradient is multiplied
    /// by this over its norm (Pascanu et al. 2013, arXiv 1211.5063), after <see cref="ClipValue"/>. Null for any.
    /// </summary>
    public Schedule? ClipNorm { get; init; }

    /// <summary>
    /// The largest absolute value of an element of a gradient; finite, above 0. Larger ones are clamped to it. Null for any.
    /// </summary>
    public Schedule? ClipValue { get; init; }

    /// <summary>Parameter groups by the names of parameters, such as <c>ParameterGroups.Parse("*.bias(weight-decay 0)")</c>.</summary>
    public ParameterGroups Groups { get; init; } = ParameterGroups.None;

    /// <summary>Rewrites of the plan, such as <c>new GrowBatch { MaxBatch = 5120 }</c>.</summary>
    public RewriteSequence Rewrite { get; init; } = new();

    /// <summary>
    /// The share of the run that warms up, in [0, 1), for rates that have a usual warm-up
    /// (<see cref="Rate.UsualWarmup"/>); null takes that.
    /// </summary>
    public double? Warmup { get; init; }

    /// <summary>What happens at the end of an epoch.</summary>
    public EpochTail Tail { get; init; }

    /// <summary>
    /// Whether a <see cref="LossGuard"/> goes back to a snapshot with a lower rate if the loss is lost; null if the rate is rehearsed
    /// or Polyak's.
    /// </summary>
    public bool? IsGuarded { get; init; }

    /// <summary>How a rate is rehearsed; null takes what suits the optimizer.</summary>
    public RehearsalSettings? Rehearsal { get; init; }

    /// <summary>
    /// The largest batch that is computed at once, in samples, at least 1; gradients of several are added up. Null for the whole.
    /// </summary>
    public int? MicroBatch { get; init; }

    /// <summary>
    /// How many samples share the statistics of a <see cref="Torch.Layers.GhostBatchNorm"/> in training, at least 2; null for all that are
    /// computed at once.
    /// </summary>
    public int? GhostBatch { get; init; }

    /// <summary>
    /// Whether a <see cref="Torch.Layers.GhostBatchNorm"/> takes its statistics in training over the samples of all processes, as PyTorch's
    /// <c>SyncBatchNorm</c>, rather than over those of one. One process has them all.
    /// </summary>
    public bool SyncBatchNorm { get; init; }

    /// <summary>
    /// The noise of the gradient is measured at every n-th update, at least 1; null for never, or for 10 under an adaptive batch.
    /// </summary>
    public int? MeasureNoise { get; init; }

    /// <summary>Decides the order of samples, their random changes, and what the network draws, such as its dropout.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The share of the training samples that is held out for validation, in (0, 1): drawn by <see cref="Seed"/>, of each class alike if
    /// targets in memory are class numbers, and not trained on. Null for none.
    /// </summary>
    public double? Validation { get; init; }

    /// <summary>
    /// What is watched at the end of each epoch, to keep the weights of the best one (<see cref="TrainingRun.BestWeights"/>). Null keeps
    /// none, or under <see cref="StopEarly"/> watches the validation loss, and the test loss if there are no validation samples.
    /// </summary>
    public Watched? Best { get; init; }

    /// <summary>
    /// After how many epochs in a row without a new best the run ends, at least 1; its plan stays what it is. Null for never.
    /// </summary>
    public int? StopEarly { get; init; }

    /// <summary>Where it is computed; null where the network is.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// The processes that train one network together, as <see cref="Rubato.Torch.Parallel.Peers.Join()"/> gives them; <see cref="Alone"/>
    /// unless said. All of them make the same trainer of the same samples, and call the same methods. Batch sizes stay those of all
    /// processes together.
    /// </summary>
    public IPeers Peers { get; init; } = Alone.Instance;

    /// <summary>
    /// Threads inside an operator, from 1 to <see cref="Engine.MostThreads"/>. Null for as many as there are now if the network has
    /// convolutions or multiplies many numbers, and for 1 if it is small: below 2^23 weights times samples that are computed at once.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The order of the numbers of images in memory; null finds it out: channels-last for convolutions on the CPU, unless the network
    /// cannot be computed so.
    /// </summary>
    public MemoryFormat? MemoryFormat { get; init; }

    /// <summary>A new folder for the run's records and weights, such as <c>runs/first</c>; null writes nothing.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// How often a run with a <see cref="Folder"/> writes a checkpoint, beside the one at its end, from which
    /// <see cref="NetworkTrainer.Resume"/> goes on. It never changes the numbers of a run.
    /// </summary>
    public SaveInterval SaveEvery { get; init; } = SaveInterval.Usual;

    /// <summary>How many checkpoints stay, the newest; at least 1.</summary>
    public int KeepCheckpoints { get; init; } = SaveSettings.UsualKeep;

    /// <summary>Asks a run that goes on for a checkpoint, for instance from a handler of signals; null if nobody does.</summary>
    public SaveRequest? SaveRequest { get; init; }

    /// <summary>Measures durations; it never decides anything.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The plan of a run before its rewrites, to be looked at before anything is trained: in shares if the rate or its bounds are to be
    /// found.
    /// </summary>
    /// <param name="rate">The learning rate; <see cref="Rate.Usual"/> is the optimizer's.</param>
    /// <param name="samples">
    /// The size of the training set; null if it is not known. A number of cycles that depends on it is then 1.
    /// </param>
    /// <returns>The settings of the plan.</returns>
    /// <exception cref="InvalidInputException">A group's schedule does not fit where it would stand; all findings at once.</exception>
    public PlanSettings PlanFor(Rate rate, long? samples)
    {
        ArgumentNullException.ThrowIfNull(rate);
        var known = rate is UsualRate ? Optimizer.UsualRate : rate;
        var plan = new PlanSettings
        {
            Length = Length,
            SamplesPerEpoch = samples,
            BatchSize = BatchSize.PlanBatch,

            // An optimizer without momentum is given 0, which it does not use.
            Momentum = Momentum ?? Optimizer.MomentumUnder(known) ?? 0,
            WeightDecay = WeightDecay ?? Optimizer.UsualWeightDecay,
            Tail = Tail,
        };
        plan = plan with { LearningRate = known.PlanRate(Length, known is RangeTestedRate ? EpochsFor(samples) : null, Warmup) };
        return plan with { Groups = Groups.Over(plan) };
    }

    /// <summary>The length in epochs.</summary>
    /// <param name="samples">The size of the training set; null if it is not known.</param>
    /// <returns>The epochs; null if that takes the size of the training set, and it is not known.</returns>
    /// <exception cref="InvalidInputException">The length or the batch cannot be used.</exception>
    public double? EpochsFor(long? samples) =>
        Length.Unit == TimeUnit.Epochs ? Length.Value
        : samples is not { } size || Length.IsRest ? null
        : (double)new TrainingPlan((this with { Warmup = null }).PlanFor(1, size)).Samples / size;

    /// <summary>The numbers that are out of their ranges, whatever network and samples they meet.</summary>
    internal IReadOnlyList<Finding> Findings()
    {
        var findings = new List<Finding>();
        Require(nameof(Warmup), Warmup, Warmup is null or (>= 0 and < 1), "it must be at least 0 and below 1", "for instance 0.05");
        Require(nameof(MicroBatch), MicroBatch, MicroBatch is null or >= 1, "it must be at least 1", "for instance 64");
        Require(
            nameof(GhostBatch),
            GhostBatch,
            GhostBatch is null or >= 2,
            "it must be at least 2, since a sample alone has no variance",
            "for instance 32");
        Require(
            nameof(SyncBatchNorm),
            "on",
            !SyncBatchNorm || (GhostBatch is null && MicroBatch is null),
            "but a ghost batch or micro-batch has statistics of its own",
            "leave one of them out");
        Require(
            nameof(Validation), Validation, Validation is null or (> 0 and < 1), "it must be above 0 and below 1", "for instance 0.1");
        Require(nameof(StopEarly), StopEarly, StopEarly is null or >= 1, "it must be at least 1", "for instance 10");
        Require(nameof(MeasureNoise), MeasureNoise, MeasureNoise is null or >= 1, "it must be at least 1", "for instance 10");
        Require(
            nameof(KeepCheckpoints), KeepCheckpoints, KeepCheckpoints >= 1, "it must be at least 1", "for instance 2");
        Require(
            nameof(Threads),
            Threads,
            Threads is null or (>= 1 and <= Engine.MostThreads),
            $"it must be at least 1 and at most {Engine.MostThreads}",
            "leave it out for the usual number");
        if (Device is { } device && Devices.FindingOf(nameof(Device), device) is { } finding)
        {
            findings.Add(finding);
        }

        return findings;

        void Require(string name, object? value, bool holds, string rule, string remedy)
        {
            if (!holds)
            {
                findings.Add(new Finding(name, value, rule, remedy));
            }
        }
    }
}
