using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>The losses of a range test up to the end of their valley, and what they are without their noise: what the rules read.</summary>
/// <param name="LearningRates">Rising; one a point.</param>
/// <param name="Losses">As measured, but for a limit on those that diverge; finite.</param>
/// <param name="Smoothed">The smoothed losses.</param>
/// <param name="Noise">The standard deviation of a smoothed loss's error; at least 0.</param>
/// <param name="HasRisen">Whether the losses had risen again, or were not finite, before the last rate.</param>
/// <remarks>Immutable.</remarks>
public sealed record SmoothedCurve(
    ImmutableArray<double> LearningRates, ImmutableArray<double> Losses, ImmutableArray<double> Smoothed, double Noise, bool HasRisen);
