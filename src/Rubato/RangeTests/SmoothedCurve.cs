using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>The losses of a range test that are finite, and what they are without their noise: what the rules read.</summary>
/// <param name="LearningRates">Rising; one a point.</param>
/// <param name="Losses">As measured; finite.</param>
/// <param name="Smoothed">The smoothed losses.</param>
/// <param name="Noise">The standard deviation of a smoothed loss's error; at least 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record SmoothedCurve(
    ImmutableArray<double> LearningRates, ImmutableArray<double> Losses, ImmutableArray<double> Smoothed, double Noise);
