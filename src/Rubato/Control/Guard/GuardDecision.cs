using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>What a <see cref="LossGuard"/> answers to the loss of an update.</summary>
public enum GuardDecision
{
    /// <summary>Go on.</summary>
    [JsonStringEnumMemberName("continue")]
    Continue,

    /// <summary>This moment is healthy: the candidate snapshot becomes the good one, and a new candidate is taken now.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>The training is lost: the good snapshot is restored, the candidate becomes equal to it, and the rate falls.</summary>
    [JsonStringEnumMemberName("roll_back")]
    RollBack,

    /// <summary>
    /// The network has not learned in time: the snapshot from before the first update is restored, the good one and the candidate become
    /// equal to it, and the rate falls. Only if <see cref="LossGuard.ReferenceDrop"/> is given.
    /// </summary>
    [JsonStringEnumMemberName("restart")]
    Restart,
}
