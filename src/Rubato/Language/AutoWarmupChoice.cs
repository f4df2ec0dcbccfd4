using Rubato.Control;

namespace Rubato.Language;

/// <summary>An <see cref="AutoWarmup"/> that was asked for.</summary>
/// <param name="Settings">What it is told.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupChoice(AutoWarmupSettings Settings) : ControllerChoice
{
    /// <inheritdoc/>
    public override string Name => AutoWarmupForm.Name;

    /// <summary>1, to which the rates of parameter groups are ratios.</summary>
    public override Schedule PlanRate => 1;

    /// <inheritdoc/>
    public override Controller Over(TrainingPlan plan) => new AutoWarmup(plan, Settings);

    /// <inheritdoc/>
    protected override string Print() => AutoWarmupForm.Print(Settings);
}
