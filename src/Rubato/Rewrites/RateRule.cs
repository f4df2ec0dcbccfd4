using System.Text.Json.Serialization;

namespace Rubato.Rewrites;

/// <summary>What becomes of the learning rate where <see cref="ScaleBatch"/> multiplies the batch.</summary>
public enum RateRule
{
    /// <summary>
    /// The rate grows with the batch such that the noise scale stays; by the same factor in the form for small batches. For SGD.
    /// </summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>The rate grows with the square root of the batch. Usual for Adam's family; the noise scale does not stay.</summary>
    [JsonStringEnumMemberName("square-root")]
    SquareRoot,
}
