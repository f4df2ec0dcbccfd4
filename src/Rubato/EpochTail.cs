using System.Text.Json.Serialization;

namespace Rubato;

/// <summary>What happens where an epoch's last samples do not fill a batch.</summary>
public enum EpochTail
{
    /// <summary>
    /// The batch runs on into the next epoch's order: every update has the planned batch size, and the noise scale never jumps.
    /// </summary>
    [JsonStringEnumMemberName("carry")]
    Carry,

    /// <summary>The batch is cut at the end of the epoch and used with its true size, as PyTorch's <c>DataLoader</c> does.</summary>
    [JsonStringEnumMemberName("cut")]
    Cut,
}
