using System.Text.Json.Serialization;
using Rubato.Control;

namespace Rubato.Runs.Records;

/// <summary>Something that happened to a run between its updates, as a line of <c>events.jsonl</c>.</summary>
/// <param name="Step">Applied updates when it happened.</param>
/// <param name="Samples">Training samples seen by them.</param>
/// <param name="Kind">
/// What happened; <c>rollback</c>, <c>restart</c>, <c>autowarmup</c>, <c>plateau</c>, <c>batch</c> or <c>resume</c> in the file.
/// </param>
/// <param name="Scale">The factor on every learning rate from here on.</param>
/// <param name="Loss">
/// The loss of the update that it was decided by; one that is not finite was not applied and has no line in <c>steps.jsonl</c>. Of a
/// plateau the mean, or what it watches; NaN of a resumption.
/// </param>
/// <param name="Seconds">Wall-clock seconds since the first update began.</param>
/// <remarks>Immutable.</remarks>
public sealed record EventRecord(long Step, long Samples, EventKind Kind, double Scale, double Loss, double Seconds) : TrainingEvent
{
    /// <summary>
    /// Of <c>autowarmup</c> the rate that was found, before the scale; of <c>plateau</c>, <c>batch</c> and <c>resume</c> that of the next
    /// update; null,
    /// and not written, for other kinds.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>Of <c>batch</c> the size from here on, in samples; null, and not written, for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? BatchSize { get; init; }

    /// <summary>
    /// Of <c>batch</c> the noise scale by which it has grown; null, and not written, where noise had drowned the gradient, and for other
    /// kinds.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? NoiseScale { get; init; }

    /// <summary>What a plateau watches; null, and not written, for the training loss, and for other kinds than <c>plateau</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Watched? Watched { get; init; }

    /// <summary>Why, as in <see cref="AutoWarmupRecord.Reason"/>; null, and not written, for other kinds than <c>autowarmup</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AutoWarmupReason? Reason { get; init; }
}
