namespace Rubato.Runs.Records;

/// <summary>An update of the range test before a run; none of the run's.</summary>
/// <param name="Iteration">Which update, from 1.</param>
/// <param name="Iterations">How many the test has at the most.</param>
/// <param name="LearningRate">The rate that it was made with.</param>
/// <param name="SmoothedLoss">The average of the losses that decides about the end of the test.</param>
/// <param name="Seconds">Wall-clock seconds since the test began.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangeUpdateRecord(long Iteration, long Iterations, double LearningRate, double SmoothedLoss, double Seconds)
    : TrainingEvent;
