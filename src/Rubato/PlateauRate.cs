using Rubato.Control;
using Rubato.Language;
using Rubato.Schedules;

namespace Rubato;

/// <summary>
/// A rate that a <see cref="ReduceOnPlateau"/> reduces where the loss no longer falls. Text: <c>plateau(0.1, patience 5)</c>,
/// <c>plateau(0.1, watch validation-loss)</c>, <c>linear(0 -> 0.1, 2ep) then plateau(0.1)</c>.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PlateauRate : Rate
{
    /// <summary>A rate.</summary>
    /// <param name="warmup">What comes first, of a length of its own in one unit; null for nothing.</param>
    /// <param name="rate">The rate from its end on, until the first reduction; finite, at least 0.</param>
    /// <param name="settings">What the controller is told; watching begins where <paramref name="warmup"/> ends, whatever they say.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is not.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="warmup"/> has no length of its own, or has durations of several units.
    /// </exception>
    public PlateauRate(Schedule? warmup, double rate, ReduceOnPlateauSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!(double.IsFinite(rate) && rate >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "rate must be a finite number of at least 0.");
        }

        (Warmup, LearningRate) = (warmup, rate);
        Settings = settings with { After = warmup is null ? ReduceOnPlateauSettings.Default.After : LengthOf(warmup) };
    }

    /// <summary>What comes first; null for nothing.</summary>
    public Schedule? Warmup { get; }

    /// <summary>The rate from its end on, until the first reduction.</summary>
    public double LearningRate { get; }

    /// <summary>What the controller is told.</summary>
    public ReduceOnPlateauSettings Settings { get; }

    /// <summary>The warm-up, and then the rate without reductions.</summary>
    /// <param name="length">Not used.</param>
    /// <param name="epochs">Not used.</param>
    /// <param name="warmup">Not used.</param>
    /// <returns>The schedule.</returns>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null) =>
        Warmup is null ? LearningRate : Warmup.Then(LearningRate);

    /// <inheritdoc/>
    public override Controller Over(TrainingPlan plan, double? usualRate = null)
    {
        try
        {
            return new ReduceOnPlateau(plan, Settings);
        }
        catch (InvalidInputException exception) when (Warmup is not null)
        {
            throw new InvalidInputException([.. exception.Findings.Select(InWords)], exception);
        }
    }

    // The length of what stands before the plateau has no name of its own.
    private static Finding InWords(Finding finding) => finding.Setting != nameof(Settings.After) ? finding
        : new Finding($"what stands before the plateau lasts {finding.Value}, {finding.Rule}") { Remedy = finding.Remedy };

    private protected override string Print() => PlateauForm.Print(this);

    private static Duration LengthOf(Schedule warmup) =>
        warmup.Extent.Reach == Reach.Fixed && warmup.Unit is { } unit && warmup.IsResolved
            ? Duration.Of(warmup.End, unit)
            : throw new ArgumentException(
                $"what stands before the plateau, '{warmup}', must have a length of its own in one unit.", nameof(warmup));
}
