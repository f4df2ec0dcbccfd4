using Rubato;

namespace Samples.ToyExample;

/// <summary>What the runs have in common.</summary>
public sealed record ToySettings
{
    public int Features { get; init; } = 20;

    public int BatchSize { get; init; } = 256;

    public double LearningRate { get; init; } = 1;

    public double WeightDecay { get; init; } = 0.01;

    public int Updates { get; init; } = 60_000;

    /// <summary>How many updates the last tenth has.</summary>
    public int TailUpdates => Updates / 10;

    /// <summary>A constant rate without momentum.</summary>
    public TrainingPlan Plan(bool decays) => new(new PlanSettings
    {
        Length = Duration.Batches(Updates),
        LearningRate = LearningRate,
        BatchSize = BatchSize,
        WeightDecay = decays ? WeightDecay : 0,
    });
}
