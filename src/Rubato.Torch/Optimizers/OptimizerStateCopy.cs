namespace Rubato.Torch.Optimizers;

/// <summary>A copy of what an optimizer remembers from update to update, which can be put back bit for bit.</summary>
/// <remarks>Called between updates, without gradients being recorded. Belongs to its owner; the optimizer outlives it.</remarks>
internal abstract class OptimizerStateCopy : IDisposable
{
    /// <summary>Copies the optimizer's state as it is now, over what the copy held; allocates only for state that is new.</summary>
    internal abstract void Retake();

    /// <summary>Makes the optimizer's state what it was when it was copied last. It can be restored any number of times.</summary>
    internal abstract void Restore();

    /// <summary>All that it holds; to overwrite a part changes the copy, and the optimizer when it is restored.</summary>
    /// <param name="withAllState">Whether the optimizer shall make now what state it would make only when it is needed.</param>
    /// <returns>The parts, in a fixed order.</returns>
    internal abstract IReadOnlyList<StatePart> Parts(bool withAllState);

    /// <inheritdoc/>
    public abstract void Dispose();
}
