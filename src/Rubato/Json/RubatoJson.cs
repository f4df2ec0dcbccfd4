using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Json;

/// <summary>The generated contract of schedules and plans; used through <see cref="JsonContract"/>.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    MaxDepth = JsonContract.MaxDepth)]
[JsonSerializable(typeof(ScheduleDocument))]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class RubatoJson : JsonSerializerContext;
