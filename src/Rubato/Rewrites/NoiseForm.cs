using System.Text.Json.Serialization;

namespace Rubato.Rewrites;

/// <summary>Which of the two formulas of the noise scale is meant; see <see cref="NoiseScale"/>.</summary>
public enum NoiseForm
{
    /// <summary>
    /// <c>g = lr N / ((1 - m) B)</c>: for batches far smaller than the training set, B &lt;&lt; N. The paper's rewrites keep this one.
    /// </summary>
    [JsonStringEnumMemberName("small-batch")]
    SmallBatch,

    /// <summary>
    /// <c>g = lr / (1 - m) (N / B - 1)</c>: exact for batches drawn without replacement; 0 where the batch is the training set.
    /// </summary>
    [JsonStringEnumMemberName("exact")]
    Exact,
}
