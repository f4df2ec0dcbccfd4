namespace Rubato.Control;

/// <summary>A <see cref="LossGuard"/> asks for the snapshot from before the first update, with a lower rate.</summary>
/// <param name="Scale">The factor on every rate that the guard now aims at; above 0.</param>
public sealed record Restarted(double Scale) : ControllerEvent;
