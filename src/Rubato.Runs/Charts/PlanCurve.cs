using System.Collections.Immutable;

namespace Rubato.Runs.Charts;

/// <summary>The smallest or the largest value of a curve, where it stands first.</summary>
/// <param name="Value">The value.</param>
/// <param name="Step">The number of the update that is made with it; null where the plan was sampled.</param>
/// <param name="Samples">Samples seen after that update; where the plan was sampled, before it.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct PlanExtreme(double Value, long? Step, double Samples);

/// <summary>One quantity of a plan over its updates.</summary>
/// <param name="Quantity">What it is.</param>
/// <param name="Group">The parameter group; null for the plan's own.</param>
/// <param name="Points">
/// In ascending order; the last one repeats the last value at the end of the run. Every update where <paramref name="IsComplete"/>,
/// otherwise as many as a drawing needs.
/// </param>
/// <param name="IsComplete">Whether every change of the value is among the points, so that it may be drawn as stairs.</param>
/// <param name="Lowest">The smallest value.</param>
/// <param name="Highest">The largest value.</param>
/// <remarks>Immutable. Two curves are equal only where they share their points.</remarks>
public sealed record PlanCurve(
    PlanQuantity Quantity, string? Group, ImmutableArray<CurvePoint> Points, bool IsComplete, PlanExtreme Lowest, PlanExtreme Highest)
{
    /// <summary>Whether the value never changes.</summary>
    public bool IsConstant => Lowest.Value.Equals(Highest.Value);

    /// <summary>The value of the last update.</summary>
    public double Final => Points[^1].Value;
}
