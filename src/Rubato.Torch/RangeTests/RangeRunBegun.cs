using Rubato.Runs.Records;

namespace Rubato.Torch.RangeTests;

/// <summary>A run of a range test begins.</summary>
/// <param name="Run">Its number over all variants and repeats; the first is 1.</param>
/// <param name="Momentum">Its momentum; null if the optimizer has none.</param>
/// <param name="WeightDecay">Its weight decay.</param>
/// <param name="Seed">Its seed.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RangeRunBegun(int Run, Schedule? Momentum, Schedule WeightDecay, long Seed) : TrainingEvent;
