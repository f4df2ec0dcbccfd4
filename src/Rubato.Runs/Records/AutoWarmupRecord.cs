namespace Rubato.Runs.Records;

/// <summary>How an automatic warm-up found the learning rate, in <c>summary.json</c>.</summary>
/// <param name="LearningRate">The rate that the cooldown's factors multiply, before <paramref name="Scale"/>.</param>
/// <param name="Reason">
/// <c>minimum</c>: enough tests in a row said that the loss has its minimum behind it; <c>end-of-warm-up</c>: none did until the longest
/// warm-up ended; <c>non-finite</c>: the loss was not finite; <c>rolled-back</c>: the guard went back, and one test said so.
/// </param>
/// <param name="BestStep">The update at which the smoothed loss was lowest, from 1; null where the rate was not taken from there.</param>
/// <param name="Probability">The probability of the last test that the minimum is past; null where there was none.</param>
/// <param name="Verdicts">How many of the last tests in a row said so.</param>
/// <param name="Tests">Tests made.</param>
/// <param name="Step">Updates of the warm-up.</param>
/// <param name="Samples">Training samples seen by them.</param>
/// <param name="Scale">The guard's factor on the rate; 1 without one.</param>
/// <param name="TestSeconds">Wall-clock seconds that observing and testing took.</param>
/// <param name="Seconds">Wall-clock seconds since the first update began.</param>
/// <remarks>Immutable.</remarks>
public sealed record AutoWarmupRecord(
    double LearningRate,
    string Reason,
    double? BestStep,
    double? Probability,
    int Verdicts,
    long Tests,
    long Step,
    long Samples,
    double Scale,
    double TestSeconds,
    double Seconds) : TrainingEvent;
