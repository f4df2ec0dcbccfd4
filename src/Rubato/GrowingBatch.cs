using Rubato.Control;
using Rubato.Language;
using Rubato.Numerics;

namespace Rubato;

/// <summary>
/// A global batch size that an <see cref="AdaptiveBatch"/> decides while training goes on. Text: <c>adaptive(128, max 4096)</c>.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GrowingBatch : Batch
{
    /// <summary>A batch.</summary>
    /// <param name="first">The size to begin with, in samples; at least 1.</param>
    /// <param name="settings">What the controller is told; null for <see cref="AdaptiveBatchSettings.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is below 1.</exception>
    public GrowingBatch(long first, AdaptiveBatchSettings? settings = null) =>
        (First, Settings) = (Require.Positive(first), settings ?? AdaptiveBatchSettings.Default);

    /// <summary>The size to begin with, in samples.</summary>
    public long First { get; }

    /// <summary>What the controller is told.</summary>
    public AdaptiveBatchSettings Settings { get; }

    /// <summary><see cref="First"/>.</summary>
    public override Schedule PlanBatch => First;

    /// <inheritdoc/>
    public override Controller Around(Controller inner, long? multiple = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new AdaptiveBatch(inner, Settings with { Multiple = Settings.Multiple ?? multiple });
    }

    private protected override string Print() => AdaptiveBatchForm.Print(this);
}
