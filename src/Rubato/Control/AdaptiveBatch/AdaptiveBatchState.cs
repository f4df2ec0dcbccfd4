namespace Rubato.Control;

/// <summary>The memory of an <see cref="AdaptiveBatch"/>.</summary>
/// <param name="Inner">The memory of the controller within.</param>
/// <param name="Growth">The batch, and what is remembered of the gradient's noise.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AdaptiveBatchState(ControllerState Inner, BatchGrowth Growth) : WrappingState(Inner);
