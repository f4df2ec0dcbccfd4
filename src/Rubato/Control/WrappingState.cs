using System.Text.Json.Serialization;

namespace Rubato.Control;

/// <summary>The memory of a controller around another one.</summary>
/// <param name="Inner">The memory of the controller within.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public abstract record WrappingState([property: JsonPropertyOrder(-1)] ControllerState Inner) : ControllerState
{
    /// <inheritdoc/>
    internal override string Kinds() => $"{base.Kinds()}({Inner.Kinds()})";
}
