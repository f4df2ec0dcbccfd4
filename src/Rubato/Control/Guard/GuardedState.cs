namespace Rubato.Control;

/// <summary>The memory of a <see cref="GuardedController"/>.</summary>
/// <param name="Inner">The memory of the controller within.</param>
/// <param name="Guard">The memory of its guard, with the last answer.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GuardedState(ControllerState Inner, GuardState Guard) : WrappingState(Inner);
