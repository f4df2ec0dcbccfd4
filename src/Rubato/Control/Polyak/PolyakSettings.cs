using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What <see cref="Polyak"/> is told.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PolyakSettings
{
    /// <summary>The base until the first descent is known, such as the optimizer's usual rate; finite, above 0.</summary>
    public required double FirstRate { get; init => field = Require.Positive(value, nameof(FirstRate)); }

    /// <summary>The factor on the base; finite, above 0. With 1, a step takes the linearised loss to 0.</summary>
    public double Multiple { get; init => field = Require.Positive(value, nameof(Multiple)); } = 1;

    /// <summary>
    /// How much of an average each update keeps, in [0, 1); the new value has the weight that is left. With 0, the last update decides
    /// alone.
    /// </summary>
    public double Averaging { get; init => field = Require.Fraction(value, nameof(Averaging)); } = 0.9;

    /// <summary>The largest factor by which an update may raise the base; finite, above 1.</summary>
    public double MostRise { get; init => field = Require.FiniteAbove(1, value, nameof(MostRise)); } = 2;
}
