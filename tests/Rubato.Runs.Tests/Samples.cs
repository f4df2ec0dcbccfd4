using Rubato.Runs.Records;

namespace Rubato.Runs.Tests;

internal static class Samples
{
    public static StepRecord Step(long step) => new(step, step * 128, step * 0.5, 2.25, 0.1, 128, 0.9, 5e-4, 1.5, step * 0.001);

    public static AutoWarmupRecord AutoWarmup { get; } = new(0.03, "minimum", 420.5, 0.98, 5, 118, 600, 76_800, 1, 0.25, 9);

    public static RangeTestRecord RangeTest { get; } = new(0.025, 0.31, "lowest", 0.8, null, 128, 400, 51_200, 3.5, "one-cycle(0.31)");

    public static ExponentialRecord Exponential { get; } = new("texp--", 266_752, 5e-8, 41.25);

    public static RunSummary Summary() => new()
    {
        Status = "completed",
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
