using System.Text.Json.Serialization;
using Rubato.Control;

namespace Rubato.Tests;

/// <summary>The memory of <see cref="Forgetful"/>.</summary>
internal sealed record ForgetfulState(double Mean, long Count) : ControllerState;

/// <summary>A user's own controller: the plan's rate over one plus the mean loss.</summary>
internal sealed record Forgetful(TrainingPlan Followed) : Controller
{
    /// <summary>Whether it says how its memory is saved.</summary>
    internal bool IsSaved { get; init; } = true;

    public override TrainingPlan Plan => Followed;

    public override ControllerState InitialState => new ForgetfulState(0, 0);

    public override StateType? StateType => IsSaved ? StateType.From("forgetful", OwnJson.Default.ForgetfulState) : null;

    public override HyperParameters Decide(in Progress progress, ControllerState state)
    {
        var values = Plan.At(progress.Samples);
        return values with { LearningRate = values.LearningRate / (1 + Math.Abs(((ForgetfulState)state).Mean)) };
    }

    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = (ForgetfulState)state;
        return new ForgetfulState(own.Mean + ((observation.Loss - own.Mean) / (own.Count + 1)), own.Count + 1);
    }
}

/// <summary>The memory of <see cref="Cautious"/>.</summary>
internal sealed record CautiousState(ControllerState Inner, double Highest) : WrappingState(Inner);

/// <summary>A user's own controller around another: its rate over one plus the highest loss.</summary>
internal sealed record Cautious(Controller Followed) : WrappingController<CautiousState>(Followed)
{
    public override ControllerState InitialState => new CautiousState(Inner.InitialState, 0);

    public override StateType? StateType => StateType.From("cautious", OwnJson.Default.CautiousState);

    public override ControllerState Observe(in Observation observation, ControllerState state)
    {
        var own = Own(state);
        return new CautiousState(Inner.Observe(observation, own.Inner), Math.Max(own.Highest, observation.Loss));
    }

    protected override HyperParameters Adjust(in HyperParameters decided, in Progress progress, CautiousState state) =>
        decided with { LearningRate = decided.LearningRate / (1 + state.Highest) };
}

[JsonSerializable(typeof(ForgetfulState))]
[JsonSerializable(typeof(CautiousState))]
internal sealed partial class OwnJson : JsonSerializerContext;
