using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>What happened to a run between its updates.</summary>
public enum EventKind
{
    /// <summary>The guard restored the last good snapshot. Updates and samples go on counting: what was undone stays lost.</summary>
    [JsonStringEnumMemberName("rollback")]
    Rollback,

    /// <summary>The guard restored the snapshot from before the first update. Updates and samples go on counting.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>The automatic warm-up ended, and the cooldown begins.</summary>
    [JsonStringEnumMemberName("autowarmup")]
    AutoWarmup,

    /// <summary>The rate was reduced, because the loss had stopped falling.</summary>
    [JsonStringEnumMemberName("plateau")]
    Plateau,

    /// <summary>The batch has grown towards the critical batch size.</summary>
    [JsonStringEnumMemberName("batch")]
    Batch,

    /// <summary>The run went on from a checkpoint.</summary>
    [JsonStringEnumMemberName("resume")]
    Resume,
}
