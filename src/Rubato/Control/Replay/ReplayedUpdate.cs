using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>One update of a <see cref="Replay"/>.</summary>
/// <param name="Observation">
/// The progress with it, what it was made with, and its loss; NaN for an update that no loss was needed for.
/// </param>
/// <param name="Before">The controller's memory before it.</param>
/// <param name="After">The controller's memory after it.</param>
/// <param name="Events">What it led to.</param>
/// <remarks>Immutable. <c>default</c> stands for no update.</remarks>
public readonly record struct ReplayedUpdate(
    Observation Observation, ControllerState Before, ControllerState After, ImmutableArray<ControllerEvent> Events);
