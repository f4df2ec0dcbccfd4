namespace Rubato.Control;

/// <summary>An <see cref="AutoWarmup"/> has begun, or its test gave another answer.</summary>
/// <param name="Probability">The probability of the last test that the minimum is past; null before the first test.</param>
public sealed record WarmupPhase(double? Probability) : ControllerEvent;
