using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>The budget was used up, or the run was stopped early, as it was asked to.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>A person or the system ended the run before its budget was used up.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,

    /// <summary>The loss became non-finite, and no guard rolled back.</summary>
    [JsonStringEnumMemberName("diverged")]
    Diverged,

    /// <summary>An error ended the run, or a range test before it found no bounds.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
