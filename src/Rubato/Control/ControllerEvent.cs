namespace Rubato.Control;

/// <summary>Something that a controller did beyond following its schedule: the difference between its memories before and after a report.</summary>
/// <remarks>A closed family of immutable records; equality is by value.</remarks>
public abstract record ControllerEvent
{
    private protected ControllerEvent()
    {
    }
}

/// <summary>An <see cref="AutoWarmup"/> has begun, or its test gave another answer.</summary>
/// <param name="Probability">The probability of the last test that the minimum is past; null before the first test.</param>
public sealed record WarmupPhase(double? Probability) : ControllerEvent;

/// <summary>An <see cref="AutoWarmup"/> found its rate, and the cooldown begins.</summary>
/// <param name="Switch">Where, why and with which rate.</param>
/// <param name="Probability">The probability of the last test that the minimum is past; null without a test.</param>
/// <param name="Verdicts">How many of the last tests in a row said that the minimum is past.</param>
/// <param name="Tests">Tests made.</param>
public sealed record WarmupEnded(AutoWarmupSwitch Switch, double? Probability, int Verdicts, long Tests) : ControllerEvent;

/// <summary>A <see cref="ReduceOnPlateau"/> reduced the rate.</summary>
/// <param name="Scale">The factor on the rate of the controller within, from now on; in (0, 1].</param>
/// <param name="Mean">The mean loss that led to it.</param>
/// <param name="Best">The best mean so far; null if none was below infinity.</param>
public sealed record RateReduced(double Scale, double Mean, double? Best) : ControllerEvent;

/// <summary>An <see cref="AdaptiveBatch"/> made the batch larger.</summary>
/// <param name="From">The batch before, in samples.</param>
/// <param name="To">The batch from now on, in samples.</param>
/// <param name="NoiseScale">The noise scale that led to it, in samples; null if the noise drowned the gradient.</param>
public sealed record BatchGrew(long From, long To, double? NoiseScale) : ControllerEvent;

/// <summary>A <see cref="LossGuard"/> asks for the good snapshot, with a lower rate.</summary>
/// <param name="Scale">The factor on every rate that the guard now aims at; above 0.</param>
public sealed record RolledBack(double Scale) : ControllerEvent;

/// <summary>A <see cref="LossGuard"/> asks for the snapshot from before the first update, with a lower rate.</summary>
/// <param name="Scale">The factor on every rate that the guard now aims at; above 0.</param>
public sealed record Restarted(double Scale) : ControllerEvent;
