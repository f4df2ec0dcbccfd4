namespace Rubato.Json;

/// <summary>The outermost object of a plan's JSON: <see cref="PlanSettings"/>, where null is what those have if nothing is said.</summary>
internal sealed record PlanDocument(
    int Version,
    Duration Length,
    Schedule LearningRate,
    Schedule BatchSize,
    long? SamplesPerEpoch = null,
    Schedule? Momentum = null,
    Schedule? WeightDecay = null,
    EpochTail Tail = EpochTail.Carry,
    GroupSettings[]? Groups = null);
