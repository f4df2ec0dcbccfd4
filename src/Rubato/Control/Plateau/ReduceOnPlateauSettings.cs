using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// What <see cref="ReduceOnPlateau"/> is told; names and defaults are those of PyTorch's <c>ReduceLROnPlateau</c>, but for
/// <see cref="Every"/> and <see cref="After"/>, which say what PyTorch leaves to the caller.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record ReduceOnPlateauSettings
{
    /// <summary>The defaults.</summary>
    public static ReduceOnPlateauSettings Default { get; } = new();

    /// <summary>The factor on the rate at each reduction; above 0 and below 1.</summary>
    public double Factor { get; init => field = Require.Fraction(Require.Positive(value, nameof(Factor)), nameof(Factor)); } = 0.1;

    /// <summary>How many means in a row may be no better without consequence: the next one reduces the rate; at least 0.</summary>
    public int Patience { get; init => field = AtLeastZero(value, nameof(Patience)); } = 10;

    /// <summary>By how much a mean must be lower than the best to be better; finite, at least 0. See <see cref="ThresholdMode"/>.</summary>
    public double Threshold { get; init => field = Require.FiniteAtLeastZero(value, nameof(Threshold)); } = 1e-4;

    /// <summary>Whether <see cref="Threshold"/> is a share of the best or a difference.</summary>
    public ThresholdMode ThresholdMode { get; init; }

    /// <summary>How many means after a reduction do not count as bad; at least 0.</summary>
    public int Cooldown { get; init => field = AtLeastZero(value, nameof(Cooldown)); }

    /// <summary>The floor: no reduction takes the rate below it; finite, at least 0.</summary>
    public double MinLr { get; init => field = Require.FiniteAtLeastZero(value, nameof(MinLr)); }

    /// <summary>A reduction by no more than this is left out; finite, at least 0.</summary>
    public double Eps { get; init => field = Require.FiniteAtLeastZero(value, nameof(Eps)); } = 1e-8;

    /// <summary>
    /// The time whose losses are averaged into one mean; above 0. Batches are rounded to whole updates, at least 1; of the other units, a
    /// mean ends with the update that reaches a multiple. <see cref="Duration.Rest"/> stands for an epoch where the plan knows its size,
    /// and for a hundredth of the budget otherwise. With <see cref="Watch"/> it must be that.
    /// </summary>
    public Duration Every { get; init; }

    /// <summary>
    /// When watching begins, such as the end of a warm-up: with the first update that starts there. <see cref="Duration.Rest"/> stands for
    /// the start.
    /// </summary>
    public Duration After { get; init; }

    /// <summary>
    /// What is watched in place of the training loss: each evaluation that the controller is told of is judged, and counts as one for
    /// <see cref="Patience"/> and <see cref="Cooldown"/>. Of an accuracy higher is better, PyTorch's mode <c>max</c>. Null watches the
    /// training loss.
    /// </summary>
    public Watched? Watch { get; init; }

    private static int AtLeastZero(int value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
