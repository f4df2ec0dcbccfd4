using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What <see cref="AdaptiveBatch"/> is told.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record AdaptiveBatchSettings
{
    /// <summary>The defaults.</summary>
    public static AdaptiveBatchSettings Default { get; } = new();

    /// <summary>The largest batch; at least 1. Null is a tenth of the training set, which the plan must then know.</summary>
    public long? MaxBatch { get; init => field = value is { } max ? Require.Positive(max, nameof(MaxBatch)) : null; }

    /// <summary>The factor of each growth, and how many times as large as the batch the target must be for it; finite, above 1.</summary>
    public double Ratio { get; init => field = Require.FiniteAbove(1, value, nameof(Ratio)); } = 2;

    /// <summary>What becomes of the rate.</summary>
    public BatchRateRule Rate
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Rate must be Constant, Linear or SquareRoot.");
    }

    /// <summary>The target as a share of the measured critical batch size; finite, above 0.</summary>
    public double Share { get; init => field = Require.Positive(value, nameof(Share)); } = 1;

    /// <summary>Every batch but the first is a multiple of it, such as of the micro-batch; at least 1. Null is 1.</summary>
    public long? Multiple { get; init => field = value is { } multiple ? Require.Positive(multiple, nameof(Multiple)) : null; }

    /// <summary>
    /// How many measurements there must be since the start or the last growth for a growth; at least <see cref="NoiseAverage.Fewest"/>.
    /// </summary>
    public int Measurements { get; init => field = Enough(value, nameof(Measurements)); } = 20;

    /// <summary>The decay of the averages over measurements; in [0, 1). See <see cref="NoiseAverage"/>.</summary>
    public double Decay { get; init => field = Require.Fraction(value, nameof(Decay)); } = NoiseAverage.UsualDecay;

    private static int Enough(int value, string name) =>
        value >= NoiseAverage.Fewest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {NoiseAverage.Fewest}.");
}
