using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rubato.Control;

namespace Rubato.Json;

/// <summary>
/// Writes and reads a driver's position with the controller's memory in one piece, to the last bit; memories of a user's own types
/// included.
/// </summary>
internal sealed class StateContract
{
    private const string Kind = "kind";

    private static readonly JsonDocumentOptions Syntax =
        new() { MaxDepth = 2 * JsonContract.MaxDepth, AllowDuplicateProperties = false };
    private static readonly StateContract Package = new([]);

    private readonly ImmutableArray<StateType> _own;
    private readonly JsonTypeInfo<DriverDocument> _document;

    private StateContract(ImmutableArray<StateType> own)
    {
        _own = own;
        var rules = new JsonSerializerOptions(DriverJson.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine([DriverJson.Default, .. own.Select(type => type.Contract)])
                .WithAddedModifier(NameKinds)
                .WithAddedModifier(CheckWhatIsRead),
        };
        _document = (JsonTypeInfo<DriverDocument>)rules.GetTypeInfo(typeof(DriverDocument));
    }

    /// <summary>The contract for the memory of a controller and of those within it.</summary>
    internal static StateContract From(Controller controller)
    {
        ImmutableArray<StateType> own = [.. controller.StateTypes.Distinct()];
        return own.IsEmpty ? Package : new StateContract(own);
    }

    /// <summary>JSON in one line.</summary>
    /// <exception cref="InvalidOperationException">A memory is of a type without a contract.</exception>
    internal string Write(DriverDocument document)
    {
        try
        {
            return JsonSerializer.Serialize(document, _document);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidOperationException(
                $"The memory {document.Controller.Kinds()} cannot be saved; "
                + "a controller whose memory is of a type of its own says by StateType how that is written.",
                exception);
        }
    }

    /// <summary>What was written.</summary>
    /// <exception cref="InvalidInputException">The text is damaged or of another version.</exception>
    internal DriverDocument Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var parsed = JsonDocument.Parse(json, Syntax);
            var version = parsed.RootElement.GetProperty("version"u8).GetInt32();
            return version == DriverDocument.CurrentVersion
                ? parsed.Deserialize(_document)!
                : throw new InvalidInputException(
                    $"the saved run is of version {version}, but this library reads version {DriverDocument.CurrentVersion}.");
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException
                or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidInputException(
                $"the saved run cannot be read at {(exception as JsonException)?.Path ?? "$"}; "
                + "it must be what Driver.Save wrote, for the same kind of controller.",
                exception);
        }
    }

    // As attributes these would be read by the generators of users, who cannot see all of the types.
    private void NameKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(ControllerState))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = Kind,
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
            DerivedTypes =
            {
                new JsonDerivedType(typeof(EmptyState), "none"),
                new JsonDerivedType(typeof(GuardedState), "guarded"),
                new JsonDerivedType(typeof(AutoWarmupState), "autowarmup"),
                new JsonDerivedType(typeof(ReduceOnPlateauState), "plateau"),
                new JsonDerivedType(typeof(PolyakState), "polyak"),
                new JsonDerivedType(typeof(AdaptiveBatchState), "adaptive-batch"),
            },
        };
        foreach (var own in _own)
        {
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(own.Type, own.Kind));
        }
    }

    private static void CheckWhatIsRead(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.IsAssignableTo(typeof(ISavedValue)))
        {
            type.OnDeserialized = value =>
                _ = ((ISavedValue)value).Finding() is { } finding ? throw new InvalidInputException($"the saved {finding}.") : 0;
        }
    }
}
