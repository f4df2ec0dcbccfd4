using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>
/// One applied update, as a line of <c>steps.jsonl</c>. A run that diverged ends with one more line, which repeats the last step's number:
/// the update that was not applied, with its non-finite loss and the rate that it would have had.
/// </summary>
/// <remarks>Immutable.</remarks>
public readonly record struct StepRecord
{
    /// <summary>Applied updates, this one included; the first update is step 1.</summary>
    public required long Step { get; init; }

    /// <summary>Training samples seen, this update included.</summary>
    public required long Samples { get; init; }

    /// <summary>Passes over the training set, this update included: <c>Samples / training set size</c>.</summary>
    public required double Epoch { get; init; }

    /// <summary>Mean training loss over the update's global batch, before the update; may be non-finite.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the base parameter group; at least 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Samples in the update's global batch; at least 1.</summary>
    public required long BatchSize { get; init; }

    /// <summary>SGD's momentum, or beta1 for Adam's family; in [0, 1).</summary>
    public required double Momentum { get; init; }

    /// <summary>The weight decay of the base parameter group; at least 0.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>Euclidean norm of the mean gradient over all parameters, before clipping; NaN if it was not measured.</summary>
    [JsonConverter(typeof(NotMeasuredConverter))]
    public required double GradientNorm { get; init; }

    /// <summary>Wall-clock seconds since the first update began, evaluation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// What clipping has left of <see cref="GradientNorm"/>, in [0, 1]: 1 if the update was not clipped, or the norm is not finite. Null in
    /// runs without clipping, and of an update that was not applied.
    /// </summary>
    public double? ClipFactor { get; init; }

    /// <summary>
    /// <c>lr / |w|^2</c>, where w are the scale-invariant weights before the update. The value is for all of them together; NaN if it was
    /// not measured. A run with growing rates has the same value as the one with weight decay.
    /// </summary>
    [JsonIgnore]
    public double EffectiveRate
    {
        get => MeasuredEffectiveRate ?? double.NaN;
        init => MeasuredEffectiveRate = value;
    }

    /// <summary>
    /// The decimal logarithm of the growing rate; null where weight decay is not run as one. Negative infinity for a rate of 0.
    /// </summary>
    [JsonPropertyName("log10_exponential_rate")]
    public double? ExponentialRateLog10 { get; init; }

    // A line without the key and a record that nothing was set of have null, where a double would be 0.
    [JsonInclude]
    [JsonPropertyName("effective_rate")]
    internal double? MeasuredEffectiveRate
    {
        get;
        init => field = value is { } rate && double.IsNaN(rate) ? null : value;
    }
}
