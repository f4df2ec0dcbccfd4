using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Reporting;

/// <summary>What a run of 4 updates in 2 epochs of 100 samples tells.</summary>
internal static class Happened
{
    public static RunDescription Description { get; } = new()
    {
        Folder = null,
        Data = "samples",
        TrainSamples = 100,
        TestSamples = 10,
        Network = "Own",
        Parameters = 42,
        Optimizer = "adamw",
        LearningRate = "auto",
        Epochs = 2,
        Samples = 200,
        Updates = 4,
        Device = "cpu",
        Threads = 1,
        MemoryFormat = "contiguous",
    };

    public static RehearsalRecord Rehearsal { get; } = new()
    {
        PeakLearningRate = 0.02,
        LowestUsable = 0.001,
        HighestUsable = 0.1,
        StartLoss = 2.3,
        Runs = [],
        Updates = 50,
        MicroBatch = 13,
        Samples = 10,
        Share = 0.05,
        TookWeights = false,
        Seconds = 100,
    };

    public static RunSummary Summary(RunStatus status) => new()
    {
        Status = status,
        TestAccuracy = 0.9,
        TestLoss = 0.3,
        TrainLoss = 0.2,
        Updates = 4,
        Samples = 200,
        Seconds = 8,
        PeakLearningRate = 0.02,
        Rollbacks = 1,
        Seed = 0,
        Data = "samples",
        DataHash = "",
        Network = "Own",
        Parameters = 42,
        Optimizer = "adamw",
        Device = "cpu",
        Threads = 1,
        MemoryFormat = "contiguous",
        Versions = new Dictionary<string, string>(StringComparer.Ordinal),
    };

    public static StepRecord Step(long step, double seconds) => new()
    {
        Step = step,
        Samples = 50 * step,
        Epoch = 0.5 * step,
        Loss = 1.0 / step,
        LearningRate = 0.01 * step,
        BatchSize = 50,
        Momentum = 0.9,
        WeightDecay = 0,
        GradientNorm = 1,
        Seconds = seconds,
    };
}
