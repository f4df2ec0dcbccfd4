namespace Rubato.Control;

/// <summary>The memory of a <see cref="ReduceOnPlateau"/>.</summary>
/// <param name="Inner">The memory of the controller within.</param>
/// <param name="Plateau">What is remembered of the losses.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ReduceOnPlateauState(ControllerState Inner, PlateauState Plateau) : WrappingState(Inner)
{
    /// <inheritdoc/>
    internal override string Kinds() => Plateau.Watch is { } watched ? $"{base.Kinds()} of {watched.Text()}" : base.Kinds();
}
