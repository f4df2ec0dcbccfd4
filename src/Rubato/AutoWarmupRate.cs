using Rubato.Control;
using Rubato.Language;

namespace Rubato;

/// <summary>
/// A rate that an <see cref="Control.AutoWarmup"/> decides while training goes on. Text: <c>autowarmup(max-lr 10) then cosine(1 -> 0)</c>.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AutoWarmupRate : Rate
{
    /// <summary>A rate.</summary>
    /// <param name="settings">What the controller is told.</param>
    public AutoWarmupRate(AutoWarmupSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
    }

    /// <summary>What the controller is told.</summary>
    public AutoWarmupSettings Settings { get; }

    /// <summary>1, to which the rates of parameter groups are ratios.</summary>
    /// <param name="length">Not used.</param>
    /// <param name="epochs">Not used.</param>
    /// <param name="warmup">Not used.</param>
    /// <returns>1 at any time.</returns>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) => 1;

    /// <inheritdoc/>
    public override Controller Over(TrainingPlan plan, double? usualRate = null) => new AutoWarmup(plan, Settings);

    private protected override string Print() => AutoWarmupForm.Print(Settings);
}
