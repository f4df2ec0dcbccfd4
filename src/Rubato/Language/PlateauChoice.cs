using Rubato.Control;

namespace Rubato.Language;

/// <summary>A <see cref="ReduceOnPlateau"/> that was asked for.</summary>
/// <param name="Warmup">What comes first, of a length of its own; null for nothing.</param>
/// <param name="LearningRate">The rate from its end on, until the first reduction.</param>
/// <param name="Settings">What the controller is told; watching begins where <paramref name="Warmup"/> ends.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PlateauChoice(Schedule? Warmup, double LearningRate, ReduceOnPlateauSettings Settings) : ControllerChoice
{
    /// <inheritdoc/>
    public override string Name => PlateauForm.Name;

    /// <summary>The warm-up, and then the rate without reductions.</summary>
    public override Schedule PlanRate => Warmup is null ? LearningRate : Warmup.Then(LearningRate);

    /// <inheritdoc/>
    public override Controller Over(TrainingPlan plan) => new ReduceOnPlateau(plan, Settings);

    /// <inheritdoc/>
    protected override string Print() => PlateauForm.Print(this);
}
