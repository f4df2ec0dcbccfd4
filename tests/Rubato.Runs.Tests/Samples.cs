using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests;

internal static class Samples
{
    public static StepRecord Step(long step) => new()
    {
        Step = step,
        Samples = step * 128,
        Epoch = step * 0.5,
        Loss = 2.25,
        LearningRate = 0.1,
        BatchSize = 128,
        Momentum = 0.9,
        WeightDecay = 5e-4,
        GradientNorm = 1.5,
        Seconds = step * 0.001,
    };

    public static AutoWarmupRecord AutoWarmup { get; } = new()
    {
        LearningRate = 0.03,
        Reason = AutoWarmupReason.Minimum,
        BestStep = 420.5,
        Probability = 0.98,
        Verdicts = 5,
        Tests = 118,
        Step = 600,
        Samples = 76_800,
        Scale = 1,
        TestSeconds = 0.25,
        Seconds = 9,
    };

    public static RangeTestRecord RangeTest { get; } = new()
    {
        BaseLr = 0.025,
        MaxLr = 0.31,
        Rule = "lowest",
        Confidence = 0.8,
        Reason = null,
        BatchSize = 128,
        Updates = 400,
        Samples = 51_200,
        Seconds = 3.5,
        Schedule = "one-cycle(0.31)",
    };

    public static ExponentialRecord Exponential { get; } = new("texp--", 266_752, 5e-8, 41.25);

    public static BestRecord Best() => new()
    {
        Watched = Watched.ValidationLoss,
        Value = 0.3,
        Epoch = 2.5,
        Updates = 500,
        Samples = 64_000,
        TestLoss = 0.25,
        TestAccuracy = double.NaN,
        ValidationLoss = 0.3,
        ValidationAccuracy = 0.875,
        File = "best.safetensors",
    };

    public static RunSummary Summary() => new()
    {
        Status = RunStatus.Completed,
        TestAccuracy = 0.985,
        TestLoss = 0.05,
        TrainLoss = 0.04,
        Updates = 2345,
        Samples = 300_000,
        Seconds = 12.5,
        PeakLearningRate = 0.1,
        Seed = -3,
        Data = "mnist:data/mnist",
        DataHash = "00ff",
        Network = "mlp(256, 128, norm batch)",
        Parameters = 269_322,
        Optimizer = "sgd",
        Device = "cpu",
        Threads = 2,
        MemoryFormat = "contiguous",
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["dotnet"] = "10.0.0", ["rubato"] = "0.1.0" },
    };
}
