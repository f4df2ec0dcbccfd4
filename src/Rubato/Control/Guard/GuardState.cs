using System.Text.Json;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>The memory of a <see cref="LossGuard"/>, and its last answer.</summary>
/// <param name="Version">The version of this record; 2.</param>
/// <param name="StartLoss">L0, the loss before anything was learned; null until a finite loss is seen.</param>
/// <param name="Smoothed">e, the smoothed loss; null before the first finite loss and after a rollback, where it starts at L0.</param>
/// <param name="Best">The lowest e that was judged since the start or the last rollback; null while e is not judged.</param>
/// <param name="StartNorm">The first gradient norm; null until a finite one is seen.</param>
/// <param name="Norm">The smoothed gradient norm; null before the first and after a rollback, where it starts at the first one.</param>
/// <param name="Updates">Updates since the start or the last rollback; at least 0.</param>
/// <param name="SinceKept">Updates since the candidate snapshot was taken; at least 0.</param>
/// <param name="SinceNearBest">Updates in a row with e well above best; at least 0.</param>
/// <param name="Rollbacks">Rollbacks and restarts so far; at least 0.</param>
/// <param name="Scale">The factor on every rate; above 0.</param>
/// <param name="Decision">What the last update's loss was answered with; <see cref="GuardDecision.Continue"/> before the first.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GuardState(
    int Version,
    double? StartLoss,
    double? Smoothed,
    double? Best,
    double? StartNorm,
    double? Norm,
    long Updates,
    long SinceKept,
    long SinceNearBest,
    int Rollbacks,
    double Scale,
    [property: JsonConverter(typeof(JsonStringEnumConverter<GuardDecision>))] GuardDecision Decision)
{
    /// <summary>The version that is written.</summary>
    internal const int CurrentVersion = 2;

    /// <summary>Reads a state.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidInputException">The text is no such state.</exception>
    public static GuardState Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize(json, GuardStateJson.Default.GuardState)
                ?? throw new InvalidInputException("the saved guard is null; it must be what GuardState.ToJson wrote.");
            state.RequireUsable();
            return state;
        }
        catch (JsonException exception)
        {
            throw new InvalidInputException(
                $"the saved guard cannot be read at {exception.Path ?? "$"}; it must be what GuardState.ToJson wrote.", exception);
        }
    }

    /// <summary>The state as JSON in one line; every number is the shortest text that reads back equal.</summary>
    /// <returns>Text that <see cref="Parse"/> reads back to an equal state.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, GuardStateJson.Default.GuardState);

    private void RequireUsable()
    {
        if (Version != CurrentVersion)
        {
            throw new InvalidInputException($"the saved guard is of version {Version}, but this library reads version {CurrentVersion}.");
        }

        if (Updates < 0 || SinceKept < 0 || SinceNearBest < 0 || Rollbacks < 0)
        {
            throw new InvalidInputException(
                $"the saved guard has {Updates} updates, {SinceKept} since it kept a snapshot, {SinceNearBest} since it was near its best and {Rollbacks} rollbacks; each must be at least 0.");
        }

        if (!(Scale > 0) || !Enum.IsDefined(Decision))
        {
            throw new InvalidInputException(
                $"the saved guard has the scale {Scale} and the decision {Decision}; the scale must be above 0, the decision one of continue, keep, roll_back and restart.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(ExactNumberConverter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(GuardState))]
internal sealed partial class GuardStateJson : JsonSerializerContext;
