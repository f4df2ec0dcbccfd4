using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>How <see cref="AutoWarmup"/> raises the rate; k is the number of applied updates, W that of the longest warm-up.</summary>
public enum WarmupType
{
    /// <summary><c>min_lr (max_lr / min_lr)^(k / W)</c>.</summary>
    [JsonStringEnumMemberName("exp")]
    Exp,

    /// <summary><c>min_lr + (max_lr - min_lr) k / W</c>.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,
}
