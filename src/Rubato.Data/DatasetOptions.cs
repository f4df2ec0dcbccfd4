using Rubato.Data.Datasets;

namespace Rubato.Data;

/// <summary>How a data set is prepared for training, whatever its kind.</summary>
/// <remarks>Immutable. Nothing is checked here: <see cref="DatasetCatalog.Load"/> reports what cannot be used.</remarks>
public sealed record DatasetOptions
{
    /// <summary>Decides which training examples a subset takes and which rows of a table are held out.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Keep a class-balanced subset of this many training examples, at least 1 and at most as many as there are; null keeps all.
    /// </summary>
    public int? TrainSamples { get; init; }

    /// <summary>What is subtracted from and divided out of the raw values.</summary>
    public Normalization Normalization { get; init; }

    /// <summary>The label column of a table; required for <c>csv:FILE</c> and refused elsewhere.</summary>
    public string? Label { get; init; }

    /// <summary>The share of a table's rows that is held out for testing, in (0, 1).</summary>
    public double HeldOut { get; init; } = 0.2;
}

/// <summary>
/// How raw values become inputs of a network. Statistics are always those of the full training split, before
/// <see cref="DatasetOptions.TrainSamples"/> takes a subset of it, so that subsets of different sizes share one input scale.
/// </summary>
public enum Normalization
{
    /// <summary>
    /// Images: <c>(x / 255 - mean_c) / std_c</c> with mean and population standard deviation of channel c. Tables:
    /// <c>(x - mean_j) / std_j</c> for each feature j. Where the standard deviation is 0, the divisor is 1.
    /// </summary>
    PerChannel,

    /// <summary>
    /// Images only: raw 0 to 255 less the training split's mean image, value by value, without scaling: what Caffe's CIFAR-10 examples
    /// train on (<c>compute_image_mean</c> and <c>mean_file</c>).
    /// </summary>
    MeanImage,
}
