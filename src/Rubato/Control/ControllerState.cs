namespace Rubato.Control;

/// <summary>A controller's memory: plain data, apart from its configuration, that is saved and restored exactly.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public abstract record ControllerState
{
    /// <summary>The memory of a controller that remembers nothing.</summary>
    public static ControllerState None { get; } = new NoState();

    private sealed record NoState : ControllerState;
}
