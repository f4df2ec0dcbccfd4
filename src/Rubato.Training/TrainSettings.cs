namespace Rubato.Training;

/// <summary>
/// All that a training run is asked for, as the user wrote it: the flags of <c>rubato train</c>, which are also the keys of its
/// configuration file. A value that is <see langword="null"/> is chosen by the rule its property names, and the choice is recorded.
/// </summary>
/// <remarks>Immutable; nothing is checked here: <see cref="TrainingSession"/> reports all findings at once.</remarks>
public sealed record TrainSettings
{
    /// <summary>The data set: <c>glyphs</c>, <c>mnist:DIR</c>, <c>cifar10:DIR</c>, <c>cifar100:DIR</c> or <c>csv:FILE</c>.</summary>
    public string Data { get; init; } = "glyphs";

    /// <summary>The label column of a CSV data set; required there.</summary>
    public string? Label { get; init; }

    /// <summary>The share of a CSV data set that is held out for testing, in (0, 1).</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Use a class-balanced subset of this many training samples; null uses all.</summary>
    public int? TrainSamples { get; init; }

    /// <summary>Augmentation of training images: <c>none</c>, <c>crop(4)</c>, <c>flip</c> or <c>crop(4), flip</c>.</summary>
    public string Augment { get; init; } = "none";

    /// <summary>The network with its options, e.g. <c>mlp(256, 128, norm: batch)</c>.</summary>
    public string Network { get; init; } = "convnet";

    /// <summary>The optimizer: <c>sgd</c>, <c>nesterov</c>, <c>adam</c>, <c>adamw</c>, <c>rmsprop</c>, <c>adagrad</c>, <c>adadelta</c>.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>The peak learning rate; null takes the optimizer's usual rate for the network.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The share of the budget that warms up, in [0, 1).</summary>
    public double Warmup { get; init; } = 0.05;

    /// <summary>The global batch size in samples.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The largest batch that is computed at once; a larger global batch is accumulated. Null computes it whole.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Passes over the training set.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>SGD's momentum, or beta1 for Adam's family, in [0, 1); null takes the optimizer's usual value.</summary>
    public double? Momentum { get; init; }

    /// <summary>The weight decay; null takes the network's usual value.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Label smoothing of the cross entropy, in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The loss: <c>cross-entropy</c> or <c>mse</c> (mean squared error against one-hot targets).</summary>
    public string Loss { get; init; } = "cross-entropy";

    /// <summary>Decides initial weights, order of samples and augmentation.</summary>
    public long Seed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads inside an operator; null chooses by the network's kind.</summary>
    public int? Threads { get; init; }

    /// <summary>Where runs are kept.</summary>
    public string Out { get; init; } = "runs";

    /// <summary>The run's name, its folder under <see cref="Out"/>; null makes one from data, network and a number.</summary>
    public string? Name { get; init; }
}
