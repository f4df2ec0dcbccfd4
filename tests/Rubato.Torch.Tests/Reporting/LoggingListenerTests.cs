using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Reporting;

public sealed class LoggingListenerTests
{
    private readonly FakeLogger _logger = new();

    public static TheoryData<TrainingEvent, int, string, LogLevel, string> Events => new()
    {
        { Happened.Description, 1, "RunStarted", LogLevel.Information, "Training Own with 42 parameters on 100 samples by adamw, learning rate auto: 2 epochs on cpu" },
        { new RehearsedRunRecord(0.0123, 1.25), 2, "RateTried", LogLevel.Debug, "Rehearsed a peak learning rate of 0.0123: score 1.25" },
        { Happened.Rehearsal, 3, "RateRehearsed", LogLevel.Information, "The rehearsal found a peak learning rate of 0.02; from 0.001 to 0.1 the loss falls. It took 10 samples, 100.0 s; doubt: None" },
        { Happened.Rehearsal with { Doubt = RehearsalDoubt.NothingProbed, Samples = 0 }, 4, "RateNotRehearsed", LogLevel.Information, "The budget is too small for a rehearsal; the peak learning rate is the usual one, 0.02" },
        { new RangePointMeasured(new RangePoint(100, 0.01, 1.5), 1.25), 5, "RangeMeasured", LogLevel.Debug, "Range test, update 100: learning rate 0.01, loss 1.25" },
        { new RangeUpdateRecord(200, 400, 0.01, 1.25, 7), 5, "RangeMeasured", LogLevel.Debug, "Range test, update 200: learning rate 0.01, loss 1.25" },
        { RangeTest, 6, "RangeFound", LogLevel.Information, "The range test found learning rates from 0.01 to 0.1 by the rule lowest, confidence 0.75" },
        { RangeTest with { BaseLr = null, MaxLr = null, Reason = "the loss never fell." }, 7, "RangeNotFound", LogLevel.Warning, "The range test gave no clear answer: the loss never fell." },
        { new EpochRecord(1, 2, 100, 0.75, double.NaN, double.NaN, 0.02, 7), 9, "EpochTrained", LogLevel.Information, "Epoch 1: training loss 0.75, learning rate 0.02, 7.0 s" },
        { new EpochRecord(2.5, 2, 100, 0.75, 0.5, double.NaN, 0.02, 7), 10, "EpochEvaluated", LogLevel.Information, "Epoch 2.5: training loss 0.75, held-out loss 0.5, learning rate 0.02, 7.0 s" },
        { new EpochRecord(1, 2, 100, 0.75, 0.5, 0.8125, 0.02, 7), 11, "EpochClassified", LogLevel.Information, "Epoch 1: training loss 0.75, held-out loss 0.5, accuracy 81.25 %, learning rate 0.02, 7.0 s" },
        { new EventRecord(7, 100, EventKind.Rollback, 0.5, double.NaN, 3), 13, "RolledBack", LogLevel.Warning, "Update 7: loss NaN, rolled back to the last good state; learning rates times 0.5 from here" },
        { new EventRecord(7, 100, EventKind.Restart, 0.25, 9.5, 3), 14, "Restarted", LogLevel.Warning, "Update 7: loss 9.5, started again from the first weights; learning rates times 0.25 from here" },
        { new EventRecord(7, 100, EventKind.AutoWarmup, 1, 0.5, 3) { LearningRate = 0.02, Reason = AutoWarmupReason.Minimum }, 15, "WarmupEnded", LogLevel.Information, "The automatic warm-up ended at update 7 with the learning rate 0.02: Minimum" },
        { new EventRecord(7, 100, EventKind.Plateau, 1, 0.5, 3) { LearningRate = 0.01 }, 16, "RateReduced", LogLevel.Information, "Update 7: the mean loss 0.5 falls no more; the learning rate is 0.01 from here" },
        { new EventRecord(7, 100, EventKind.Plateau, 1, 0.5, 3) { LearningRate = 0.01, Watched = Watched.TestLoss }, 22, "WatchedRateReduced", LogLevel.Information, "Update 7: the test-loss of 0.5 gets no better; the learning rate is 0.01 from here" },
        { new EventRecord(7, 100, EventKind.Batch, 1, 0.5, 3) { BatchSize = 64, NoiseScale = 80 }, 17, "BatchGrew", LogLevel.Information, "Update 7: batches of 64 from here, by the noise scale 80" },
        { Happened.Summary(RunStatus.Completed), 18, "RunCompleted", LogLevel.Information, "Training completed: 4 updates in 8.0 s, peak learning rate 0.02, roll-backs: 1" },
        { Happened.Summary(RunStatus.Completed) with { StoppedEarly = true }, 26, "RunStoppedEarly", LogLevel.Information, "Training was stopped early after 4 updates, 8.0 s; the best epoch is (null)" },
        { Happened.Summary(RunStatus.Interrupted), 19, "RunInterrupted", LogLevel.Information, "Training was interrupted after 4 updates, 8.0 s" },
        { Happened.Summary(RunStatus.Diverged), 20, "RunDiverged", LogLevel.Warning, "Training diverged after 4 updates: the loss was not finite, and no guard went back" },
        { Happened.Summary(RunStatus.Failed), 21, "RunFailed", LogLevel.Warning, "Training failed after 4 updates" },
    };

    private static RangeTestRecord RangeTest { get; } = new()
    {
        BaseLr = 0.01,
        MaxLr = 0.1,
        Rule = "lowest",
        Confidence = 0.75,
        Reason = null,
        BatchSize = 50,
        Updates = 100,
        Samples = 5000,
        Seconds = 2,
        Schedule = null,
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void OnEvent_EachKind_OneEntryWithItsIdNameAndLevel(TrainingEvent happened, int id, string name, LogLevel level, string message)
    {
        new LoggingListener(_logger).OnEvent(happened);

        var entry = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal((id, name, level, message), (entry.Id.Id, entry.Id.Name, entry.Level, entry.Message));
    }

    [Fact]
    public void OnEvent_Metrics_AnEntryEachWithNamedValues()
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["mae"] = 0.125, ["top-5"] = 0.5 };

        new LoggingListener(_logger).OnEvent(new EpochRecord(3, 2, 100, 0.75, 0.5, double.NaN, 0.02, 7) { Metrics = metrics });

        var entries = _logger.Collector.GetSnapshot();
        Assert.Equal(["EpochEvaluated", "MetricMeasured", "MetricMeasured"], entries.Select(entry => entry.Id.Name));
        Assert.Equal(["Epoch 3: mae 0.125", "Epoch 3: top-5 0.5"], entries.Skip(1).Select(entry => entry.Message));
        Assert.Equal("top-5", entries[2].GetStructuredStateValue("Metric"));
        Assert.Equal("0.5", entries[2].GetStructuredStateValue("Value"));
    }

    [Fact]
    public void OnStep_UpdatesAtIntervals_AreDebugEntries()
    {
        var listener = new LoggingListener(_logger, every: 2);
        for (var step = 1; step <= 5; step++)
        {
            listener.OnStep(Happened.Step(step, seconds: step));
        }

        Assert.Equal(
            [(8, LogLevel.Debug, "Update 2: loss 0.5, learning rate 0.02, batch of 50"), (8, LogLevel.Debug, "Update 4: loss 0.25, learning rate 0.04, batch of 50")],
            _logger.Collector.GetSnapshot().Select(entry => (entry.Id.Id, entry.Level, entry.Message)));
    }

    [Fact]
    public void OnEvent_NothingToSay_NoEntry()
    {
        var listener = new LoggingListener(_logger);
        listener.OnEvent(new UpdatesBegin());
        listener.OnEvent(new RangePointMeasured(new RangePoint(99, 0.01, 1.5), 1.25));
        listener.OnEvent(new RangeUpdateRecord(99, 400, 0.01, 1.25, 7));

        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public void LoggingListener_EveryBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("every", () => new LoggingListener(_logger, every: 0));
}
