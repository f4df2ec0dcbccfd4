namespace Rubato.Control;

/// <summary>
/// A controller's memory: plain data, apart from its configuration, that a <see cref="Driver"/> saves and restores exactly.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public abstract record ControllerState
{
    /// <summary>The memory of a controller that remembers nothing.</summary>
    public static ControllerState None { get; } = new EmptyState();

    /// <summary>The names of its type and of those within it, from the outside in.</summary>
    internal virtual string Kinds() => GetType().Name;
}

/// <summary>The memory of a controller that remembers nothing.</summary>
internal sealed record EmptyState : ControllerState;
