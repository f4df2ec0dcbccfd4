using System.Text.Json.Serialization.Metadata;

namespace Rubato.Control;

/// <summary>
/// How a <see cref="Driver"/> saves a <see cref="ControllerState"/> of a type of your own: the name of its kind, and the type's JSON
/// contract.
/// </summary>
/// <remarks>
/// Members are named in snake case and numbers are exact, whatever the contract says. Members that are not known are refused. Immutable;
/// equality is by value.
/// </remarks>
public sealed record StateType
{
    private StateType(string kind, Type type, IJsonTypeInfoResolver contract) => (Kind, Type, Contract) = (kind, type, contract);

    /// <summary>
    /// The name by which the type is known again; other than <c>none</c>, <c>guarded</c>, <c>autowarmup</c>, <c>plateau</c>, <c>polyak</c>
    /// and <c>adaptive-batch</c>.
    /// </summary>
    public string Kind { get; }

    /// <summary>The type.</summary>
    internal Type Type { get; }

    /// <summary>Knows the type and those of its members.</summary>
    internal IJsonTypeInfoResolver Contract { get; }

    /// <summary>The type of a state by its contract.</summary>
    /// <typeparam name="TState">The type.</typeparam>
    /// <param name="kind">The name by which it is known again; not empty.</param>
    /// <param name="contract">The type's contract, generated for instance: <c>MyJson.Default.MyState</c>.</param>
    /// <returns>The type with its name.</returns>
    /// <exception cref="ArgumentException">The name is empty or one of the package's, or the contract comes from no resolver.</exception>
    public static StateType From<TState>(string kind, JsonTypeInfo<TState> contract)
        where TState : ControllerState
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(contract);
        if (kind is "none" or "guarded" or "autowarmup" or "plateau" or "polyak" or "adaptive-batch")
        {
            throw new ArgumentException($"'{kind}' is a kind of this library; choose another name.", nameof(kind));
        }

        var resolver = contract.OriginatingResolver
            ?? throw new ArgumentException("The contract comes from no resolver.", nameof(contract));
        return new StateType(kind, typeof(TState), resolver);
    }
}
