using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>An epoch is the best one so far, and its weights are kept.</summary>
/// <param name="Record">What is known of the epoch.</param>
/// <param name="Weights">The weights at its end.</param>
/// <remarks>Immutable. Two are equal only if they share their weights.</remarks>
public sealed record BestReached(BestRecord Record, BestWeights Weights) : TrainingEvent;
