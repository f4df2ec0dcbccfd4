using System.Globalization;
using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>The memory of a <see cref="Polyak"/>.</summary>
/// <param name="Inner">The memory of the controller within.</param>
/// <param name="Base">The rate of the next update, before multiple and shape; finite, above 0.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PolyakState(ControllerState Inner, double Base) : WrappingState(Inner), ISavedValue
{
    /// <summary>
    /// The sum of the losses, each with a weight that falls from update to update; finite, at least 0. It is 0 before the first.
    /// </summary>
    [JsonRequired]
    public double Loss { get; init; }

    /// <summary>The sum of the descents with the same weights; finite.</summary>
    [JsonRequired]
    public double Descent { get; init; }

    string? ISavedValue.Finding() =>
        !(double.IsFinite(Base) && Base > 0)
            ? string.Create(CultureInfo.InvariantCulture, $"polyak has the base {Base}; it must be a finite number above 0")
        : !(double.IsFinite(Loss) && Loss >= 0)
            ? string.Create(CultureInfo.InvariantCulture, $"polyak has the loss {Loss}; it must be a finite number of at least 0")
        : !double.IsFinite(Descent)
            ? string.Create(CultureInfo.InvariantCulture, $"polyak has the descent {Descent}; it must be a finite number")
        : null;
}
