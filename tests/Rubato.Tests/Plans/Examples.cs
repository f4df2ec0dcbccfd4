using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Tests.Plans;

/// <summary>Plans that several tests use.</summary>
internal static class Examples
{
    /// <summary>100 updates of 10 samples over 10 epochs of 100.</summary>
    public static PlanSettings Small { get; } = new()
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 100,
        LearningRate = new Linear(1, 0),
        BatchSize = 10,
        Momentum = 0.9,
        WeightDecay = 5e-4,
    };

    private static ImmutableArray<Duration> Steps { get; } = [Duration.Epochs(60), Duration.Epochs(120), Duration.Epochs(160)];

    /// <summary>A plan of Smith et al. 2018, "Don't Decay the Learning Rate, Increase the Batch Size", Figure 5.</summary>
    public static PlanSettings OnCifar10(Schedule rate, Schedule batchSize, double momentum) => new()
    {
        Length = Duration.Epochs(204.8),
        SamplesPerEpoch = 50_000,
        LearningRate = rate,
        BatchSize = batchSize,
        Momentum = momentum,
        WeightDecay = 5e-4,
    };

    public static Schedule Decayed(double rate) => new MultiStep(rate, 0.2, Steps);

    public static Schedule Grown(double batchSize) => new Clamp(new MultiStep(batchSize, 5, Steps), 1, 5120);
}
