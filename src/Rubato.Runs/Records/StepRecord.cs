using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>
/// One applied update, as a line of <c>steps.jsonl</c>. A run that diverged ends with one more line, which repeats the last step's number:
/// the update that was not applied, with its non-finite loss and the rate that it would have had.
/// </summary>
/// <param name="Step">Applied updates, this one included; the first update is step 1.</param>
/// <param name="Samples">Training samples seen, this update included.</param>
/// <param name="Epoch">Passes over the training set, this update included: <c>Samples / training set size</c>.</param>
/// <param name="Loss">Mean training loss over the update's global batch, before the update; may be non-finite.</param>
/// <param name="LearningRate">The rate of the base parameter group.</param>
/// <param name="BatchSize">Samples in the update's global batch.</param>
/// <param name="Momentum">SGD's momentum, or beta1 for Adam's family.</param>
/// <param name="WeightDecay">The coefficient of the base parameter group.</param>
/// <param name="GradientNorm">Euclidean norm of the mean gradient over all parameters; NaN where it was not measured.</param>
/// <param name="Seconds">Wall-clock seconds since the first update began, evaluation included.</param>
/// <remarks>Immutable.</remarks>
[method: JsonConstructor]
public readonly record struct StepRecord(
    long Step,
    long Samples,
    double Epoch,
    double Loss,
    double LearningRate,
    long BatchSize,
    double Momentum,
    double WeightDecay,
    [property: JsonConverter(typeof(NotMeasuredConverter))] double GradientNorm,
    double Seconds)
{
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
