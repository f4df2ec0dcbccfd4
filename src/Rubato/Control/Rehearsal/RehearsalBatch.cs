namespace Rubato.Control;

/// <summary>
/// Names a fixed batch of training samples: equal values always mean the same samples, so that all candidates see the same data.
/// </summary>
/// <param name="Draw">Which of the independent draws of batches: a new one is made when a rehearsal begins anew.</param>
/// <param name="Index">Which batch of the draw; -1 is the reference batch.</param>
/// <param name="Size">Its samples; at least 1.</param>
/// <remarks>Immutable. <c>default</c> is no batch: its size is 0.</remarks>
public readonly record struct RehearsalBatch(int Draw, int Index, int Size)
{
    /// <summary>The index of a draw's reference batch.</summary>
    public const int Reference = -1;
}
