namespace Rubato.Rewrites;

/// <summary>What a plan asks for at a position.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="RateHolds">Whether the rate stays for a while, or moves all the time.</param>
/// <param name="Planned">The batch size, rounded.</param>
/// <param name="Momentum">The momentum.</param>
internal readonly record struct BatchMoment(double Rate, bool RateHolds, long Planned, double Momentum);
