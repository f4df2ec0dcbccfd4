namespace Rubato.Control;

/// <summary>A <see cref="ReduceOnPlateau"/> reduced the rate.</summary>
/// <param name="Scale">The factor on the rate of the controller within, from now on; in (0, 1].</param>
/// <param name="Mean">The mean loss that led to it.</param>
/// <param name="Best">The best mean so far; null if none was below infinity.</param>
public sealed record RateReduced(double Scale, double Mean, double? Best) : ControllerEvent
{
    /// <summary>What is watched: <see cref="Mean"/> and <see cref="Best"/> are of it; null is the training loss.</summary>
    public Watched? Watch { get; init; }
}
