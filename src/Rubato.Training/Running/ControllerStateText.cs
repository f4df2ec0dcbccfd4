using System.Text.Json;
using Rubato.Control;

namespace Rubato.Training.Running;

/// <summary>Any controller's memory as JSON that reads back equal: what it is, and its own text.</summary>
internal static class ControllerStateText
{
    /// <exception cref="ArgumentException">It is of a kind that this does not know.</exception>
    internal static string Of(ControllerState state) => state switch
    {
        GuardedState guarded => $$"""{"kind":"guarded","inner":{{Of(guarded.Inner)}},"guard":{{guarded.Guard.ToJson()}}}""",
        AutoWarmupState warmup => $$"""{"kind":"autowarmup","state":{{warmup.ToJson()}}}""",
        ReduceOnPlateauState reduced => $$"""{"kind":"plateau","inner":{{Of(reduced.Inner)}},"state":{{reduced.Plateau.ToJson()}}}""",
        AdaptiveBatchState adaptive => $$"""{"kind":"adaptive-batch","inner":{{Of(adaptive.Inner)}},"state":{{adaptive.Growth.ToJson()}}}""",
        _ when state == ControllerState.None => """{"kind":"none"}""",
        _ => throw new ArgumentException($"A {state.GetType().Name} cannot be saved; the kinds are none, guarded, autowarmup, plateau and adaptive-batch.", nameof(state)),
    };

    /// <exception cref="InvalidInputException">It is not what <see cref="Of"/> wrote.</exception>
    internal static ControllerState Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Parse(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidInputException($"the saved controller cannot be read: {exception.Message}", exception);
        }
    }

    private static ControllerState Parse(JsonElement element) => element.GetProperty("kind").GetString() switch
    {
        "none" => ControllerState.None,
        "guarded" => new GuardedState(Parse(element.GetProperty("inner")), GuardState.Parse(element.GetProperty("guard").GetRawText())),
        "autowarmup" => AutoWarmupState.Parse(element.GetProperty("state").GetRawText()),
        "plateau" => new ReduceOnPlateauState(Parse(element.GetProperty("inner")), PlateauState.Parse(element.GetProperty("state").GetRawText())),
        "adaptive-batch" => new AdaptiveBatchState(Parse(element.GetProperty("inner")), BatchGrowth.Parse(element.GetProperty("state").GetRawText())),
        var kind => throw new InvalidInputException($"the saved controller is of the kind '{kind}'; it must be none, guarded, autowarmup, plateau or adaptive-batch."),
    };
}
