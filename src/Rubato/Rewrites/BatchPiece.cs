namespace Rubato.Rewrites;

/// <summary>A stretch of samples with one planned batch size and one rewritten.</summary>
/// <param name="Start">Where it begins; it lasts to the start of the next.</param>
/// <param name="Planned">The batch size of the plan, rounded.</param>
/// <param name="Size">The batch size of the rewritten plan.</param>
/// <param name="Momentum">The plan's momentum, where the choice follows it; 0 otherwise.</param>
internal readonly record struct BatchPiece(double Start, long Planned, long Size, double Momentum);
