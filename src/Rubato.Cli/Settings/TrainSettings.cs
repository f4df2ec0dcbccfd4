using Rubato.Rewrites;
using Rubato.Torch;

namespace Rubato.Cli.Settings;

/// <summary>
/// All that a training run is asked for, as the user wrote it: the flags of <c>rubato train</c>, which are also the keys of its
/// configuration file. A value that is <see langword="null"/> is chosen by the rule its property names, and the choice is recorded.
/// </summary>
/// <remarks>Immutable; nothing is checked here: <see cref="TrainSettingsValidator"/> reports all findings at once.</remarks>
internal sealed record TrainSettings
{
    /// <summary>The data set: <c>glyphs</c>, <c>mnist:DIR</c>, <c>cifar10:DIR</c>, <c>cifar100:DIR</c> or <c>csv:FILE</c>.</summary>
    public string Data { get; init; } = "glyphs";

    /// <summary>The label column of a CSV data set; required there.</summary>
    public string? Label { get; init; }

    /// <summary>The share of a CSV data set that is held out for testing, in (0, 1).</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Use a class-balanced subset of this many training samples; null uses all.</summary>
    public int? TrainSamples { get; init; }

    /// <summary>
    /// The share of the training samples that is held out for validation, in (0, 1), of each class alike; null for none.
    /// </summary>
    public double? Validation { get; init; }

    /// <summary>Augmentation of training images: <c>none</c>, <c>crop(4)</c>, <c>flip</c> or <c>crop(4), flip</c>.</summary>
    public string Augment { get; init; } = "none";

    /// <summary>The network with its options, e.g. <c>mlp(256, 128, norm batch)</c>.</summary>
    public string Network { get; init; } = "convnet";

    /// <summary>
    /// The optimizer: <c>sgd</c>, <c>nesterov</c>, <c>adam</c>, <c>adamw</c>, <c>rmsprop</c>, <c>adagrad</c>, <c>adadelta</c>,
    /// <c>adamp</c>, <c>sgdp</c>, <c>lamb</c>, <c>lars</c>, each with options, as in <c>lamb(beta2 0.99)</c>.
    /// </summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>The learning rate. Null is <see cref="Rate.Rehearsed"/>.</summary>
    public Rate? LearningRate { get; init; }

    /// <summary>
    /// The share of the budget that warms up, in [0, 1), where <see cref="LearningRate"/> is a number or <c>auto</c>; null is 0.05 or 0.2.
    /// A schedule says itself how it warms up.
    /// </summary>
    public double? Warmup { get; init; }

    /// <summary>The global batch size, in samples.</summary>
    public Batch Batch { get; init; } = 128;

    /// <summary>The largest batch that is computed at once; a larger global batch is accumulated. Null computes it whole.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>
    /// How many samples share the statistics of a batch normalization in training (Hoffer, Hubara, Soudry 2017, arXiv 1705.08741, section
    /// 4), whatever the batch; at least 2, and a divisor of <see cref="MicroBatch"/>. Null takes all that are computed at once.
    /// </summary>
    public int? GhostBatch { get; init; }

    /// <summary>Whether batch normalizations take their statistics over the samples of all processes.</summary>
    public bool SyncBatchNorm { get; init; }

    /// <summary>Rewrites of the plan.</summary>
    public RewriteSequence Rewrite { get; init; } = new();

    /// <summary>
    /// The noise of the gradient is measured at every n-th update; at least 1. Null does not measure it, unless <see cref="Batch"/> is
    /// adaptive: 10.
    /// </summary>
    public int? MeasureNoise { get; init; }

    /// <summary>Passes over the training set, above 0; fractions are allowed. Null is 5, unless <see cref="Length"/> is given.</summary>
    public double? Epochs { get; init; }

    /// <summary>The length of the run with its unit, such as <c>5000ba</c>, instead of <see cref="Epochs"/>.</summary>
    public Duration? Length { get; init; }

    /// <summary>What happens at the end of an epoch.</summary>
    public EpochTail Tail { get; init; }

    /// <summary>
    /// SGD's momentum, or beta1 for Adam's family: a number in [0, 1) or a schedule. Null takes the optimizer's usual value.
    /// </summary>
    public Schedule? Momentum { get; init; }

    /// <summary>The weight decay: a number or a schedule; null takes the network's usual value.</summary>
    public Schedule? WeightDecay { get; init; }

    /// <summary>
    /// The largest norm of a gradient, above 0: a longer one is shortened to it, after <see cref="ClipValue"/>. Null for any.
    /// </summary>
    public Schedule? ClipNorm { get; init; }

    /// <summary>The largest absolute value of a gradient's element, above 0: larger ones are clamped to it. Null for any.</summary>
    public Schedule? ClipValue { get; init; }

    /// <summary>
    /// Parameter groups with schedules of their own, by patterns of parameter names: <c>*.bias(weight-decay 0, lr 2 * base)</c>, with
    /// semicolons between groups. Empty for none.
    /// </summary>
    public ParameterGroups Groups { get; init; } = ParameterGroups.None;

    /// <summary>
    /// Whether a <see cref="Control.LossGuard"/> goes back to a snapshot with a lower rate when the loss is lost. Null: if the learning
    /// rate is found by a rehearsal.
    /// </summary>
    public bool? Guard { get; init; }

    /// <summary>
    /// A safetensors file whose weights the network begins with, as far as names and shapes are the same. Null for those that it is built
    /// with.
    /// </summary>
    public string? Init { get; init; }

    /// <summary>
    /// Parameters that are not trained, by patterns of their names with commas between: <c>1.*, *.bias</c>. Null for none.
    /// </summary>
    public string? Freeze { get; init; }

    /// <summary>
    /// Whether the last layer stays at its initial values. With <see cref="NoAffine"/> the length of no trained weight of a network with
    /// normalization has an effect on its function, as in the experiments of Li and Arora 2019, arXiv 1910.07454.
    /// </summary>
    public bool FreezeLast { get; init; }

    /// <summary>Whether normalizations have no trained weights and biases: these stay at 1 and 0.</summary>
    public bool NoAffine { get; init; }

    /// <summary>Label smoothing of the cross entropy, in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The loss: <c>cross-entropy</c> or <c>mse</c> (mean squared error against one-hot targets).</summary>
    public string Loss { get; init; } = "cross-entropy";

    /// <summary>
    /// What the best epoch is chosen by, whose weights are kept. Null keeps none, or under <see cref="StopEarly"/> watches the validation
    /// loss, and the test loss without <see cref="Validation"/>.
    /// </summary>
    public Watched? Best { get; init; }

    /// <summary>After how many epochs in a row without a new best the run ends, at least 1; null for never.</summary>
    public int? StopEarly { get; init; }

    /// <summary>Decides initial weights, order of samples, augmentation, and which samples are held out.</summary>
    public long Seed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads inside an operator; null chooses by the network's kind.</summary>
    public int? Threads { get; init; }

    /// <summary>How often a checkpoint is written, beside the one at the end.</summary>
    public SaveInterval SaveEvery { get; init; } = SaveInterval.Usual;

    /// <summary>How many checkpoints stay; at least 1.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>Where runs are kept.</summary>
    public string Out { get; init; } = "runs";

    /// <summary>The run's name, its folder under <see cref="Out"/>; null makes one from data, network and a number.</summary>
    public string? Name { get; init; }

    /// <summary>The run that goes on; null for a new one. No part of a configuration.</summary>
    public RunToResume? Resume { get; init; }
}

/// <summary>A run that goes on.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Policy">What to do if it was another run.</param>
internal sealed record RunToResume(string Folder, ResumePolicy Policy);
