using Rubato.Runs.Records;

namespace Rubato.Training.RangeTests;

/// <summary>A run of a range test begins.</summary>
/// <param name="Run">Which, from 1, over all variants and repeats.</param>
/// <param name="Momentum">Its momentum; null where the optimizer has none.</param>
/// <param name="WeightDecay">Its weight decay.</param>
/// <param name="Seed">Its seed.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangeRunBegun(int Run, Schedule? Momentum, Schedule WeightDecay, long Seed) : TrainingEvent;
