namespace Rubato.Runs.Charts;

/// <summary>A value of a plan and where it begins to hold.</summary>
/// <param name="Samples">Samples seen before the update that is made with it.</param>
/// <param name="Updates">Updates before it; NaN where the plan was sampled.</param>
/// <param name="Value">The value.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct CurvePoint(double Samples, double Updates, double Value);
