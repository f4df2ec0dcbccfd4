namespace Rubato.Control;

/// <summary>
/// What <see cref="AdaptiveBatch"/> remembers of its batch and of the gradient's noise, saved and restored to the last bit.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record BatchGrowth : ISavedValue
{
    /// <summary>The batch size in samples; at least 1.</summary>
    public required long Batch { get; init; }

    /// <summary>How often the batch has grown; at least 0.</summary>
    public long Changes { get; init; }

    /// <summary>The noise scale by which it grew last; null before, and where noise had drowned the gradient.</summary>
    public double? LastNoiseScale { get; init; }

    /// <summary>The measurements since then.</summary>
    public NoiseAverage Noise { get; init; }

    string? ISavedValue.Finding() =>
        Batch < 1 || Changes < 0
            ? $"batch has {Batch} samples after {Changes} changes; there must be at least 1 sample, and at least 0 changes"
        : Noise.Finding() is { } finding ? $"batch has {finding}"
        : null;
}
