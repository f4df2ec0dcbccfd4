// <snippet own-controller>
using System.Text.Json.Serialization;
using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>The answers of another controller, at half the rate for each time that the loss has passed twice its lowest.</summary>
public sealed record Halving(Controller Followed) : WrappingController<HalvingState>(Followed)
{
    public override ControllerState InitialState => new HalvingState(Inner.InitialState, double.PositiveInfinity, 0);

    public override StateType StateType => StateType.From("halving", HalvingJson.Default.HalvingState);

    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        var isHigh = observation.Loss > 2 * own.Lowest;
        return new HalvingState(
            Inner.Observe(observation, own.Inner),
            isHigh ? observation.Loss : Math.Min(own.Lowest, observation.Loss),
            own.Times + (isHigh ? 1 : 0));
    }

    protected override HyperParameters Adjust(
        in HyperParameters decided, in Progress progress, HalvingState state) =>
        decided with { LearningRate = decided.LearningRate * Math.Pow(0.5, state.Times) };
}

/// <summary>What is remembered between two updates; the driver saves and restores it.</summary>
public sealed record HalvingState(ControllerState Inner, double Lowest, int Times) : WrappingState(Inner);

[JsonSerializable(typeof(HalvingState))]
internal sealed partial class HalvingJson : JsonSerializerContext;
// </snippet>
