namespace Rubato.Torch.Optimizers;

/// <summary>A copy of an optimizer's state, which can be restored bit for bit.</summary>
/// <remarks>Call it between updates and under <c>no_grad</c>. The copy is disposed before the optimizer.</remarks>
internal abstract class OptimizerStateCopy : IDisposable
{
    /// <summary>Copies the optimizer's present state, over the old content. Allocates only for state that is new.</summary>
    internal abstract void Retake();

    /// <summary>Restores the optimizer's state to the last copy. This can be done any number of times.</summary>
    internal abstract void Restore();

    /// <summary>The content of the copy. Filling a part changes the copy, not yet the optimizer.</summary>
    /// <param name="withAllState">Whether the optimizer makes all its state now, also state that it would make only when needed.</param>
    /// <returns>The parts, in a fixed order.</returns>
    internal abstract IReadOnlyList<StatePart> Parts(bool withAllState);

    /// <inheritdoc/>
    public abstract void Dispose();
}
