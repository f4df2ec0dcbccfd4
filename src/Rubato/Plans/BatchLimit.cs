namespace Rubato.Plans;

/// <summary>Up to which size a batch may grow.</summary>
/// <param name="Size">The size, a multiple of what sizes are multiples of; it may be 0.</param>
/// <param name="Origin">Where it comes from, to be put behind it in a message; empty where it is the size that was given.</param>
internal sealed record BatchLimit(long Size, string Origin)
{
    // Beyond a tenth of the training set N / B - 1 is no longer near N / B, and samples of a batch are no longer drawn independently.
    private const int UsualShare = 10;

    /// <summary>The limit.</summary>
    /// <param name="given">The size that was given; null for a tenth of the training set.</param>
    /// <param name="multiple">What sizes are multiples of.</param>
    /// <param name="samples">The size of the training set; known where none was given.</param>
    internal static BatchLimit Of(long? given, long multiple, long? samples)
    {
        var size = Math.Min(given ?? samples.GetValueOrDefault() / UsualShare, int.MaxValue) / multiple * multiple;
        var origin = given is null ? $", a tenth of the {samples} training samples"
            : size != given ? $", the multiple of {multiple} up to {given}"
            : "";
        return new BatchLimit(size, origin);
    }
}
