namespace Rubato.Control;

/// <summary>An <see cref="AutoWarmup"/> found its rate, and the cooldown begins.</summary>
/// <param name="Switch">Where, why and with which rate.</param>
/// <param name="Probability">The probability of the last test that the minimum is past; null without a test.</param>
/// <param name="Verdicts">How many of the last tests in a row said that the minimum is past.</param>
/// <param name="Tests">Tests made.</param>
public sealed record WarmupEnded(AutoWarmupSwitch Switch, double? Probability, int Verdicts, long Tests) : ControllerEvent;
