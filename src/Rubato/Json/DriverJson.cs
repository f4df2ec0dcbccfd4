using System.Text.Json.Serialization;
using Rubato.Control;
using Rubato.Numerics;

namespace Rubato.Json;

/// <summary>
/// The generated contract of a driver's position and of the controllers' memories; used through <see cref="StateContract"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 2 * JsonContract.MaxDepth,
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DriverDocument))]
[JsonSerializable(typeof(EmptyState))]
[JsonSerializable(typeof(AutoWarmupState))]
[JsonSerializable(typeof(ReduceOnPlateauState))]
[JsonSerializable(typeof(PolyakState))]
[JsonSerializable(typeof(AdaptiveBatchState))]
[JsonSerializable(typeof(GuardedState))]
internal sealed partial class DriverJson : JsonSerializerContext;
