using Rubato.Runs.Logs;
using Rubato.Runs.Rates;
using Rubato.Runs.Records;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateCurveTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Of_Records_WhatWasMeasured()
    {
        var curve = RateCurve.Of(SampleRuns.Growing(21), "a");
        Assert.Equal(21, curve.Updates.Length);
        Assert.Equal([(1, 1), (11, 0.5), (21, 0.25)], curve.Effective.Select(update => (update.Step, update.EffectiveRate)));
        Assert.True(curve.IsExponential);
        Assert.False(RateCurve.Of(SampleRuns.Halving(21), "a").IsExponential);
        Assert.Empty(RateCurve.Of(SampleRuns.Plain(21), "a").Effective);
    }

    [Fact]
    public void Of_EffectiveRateOfWeightsOfLengthZero_IsNotAmongTheMeasured()
    {
        var records = SampleRuns.Halving(21);
        records[10] = records[10] with { EffectiveRate = double.PositiveInfinity };
        Assert.Equal([1, 21], RateCurve.Of(records, "a").Effective.Select(update => update.Step));
    }

    [Fact]
    public void Of_UpdateThatWasNotApplied_LeftOut()
    {
        var records = SampleRuns.Halving(5);
        var curve = RateCurve.Of([.. records, records[^1] with { Loss = double.NaN, LearningRate = 7 }], "a");
        Assert.Equal(records, curve.Updates);
    }

    [Fact]
    public void Of_NothingButAnUpdateThatWasNotApplied_OneSentence() => Assert.Equal(
        "steps.jsonl has no applied update, and no rates therefore; name a run that has made some.",
        Assert.Throws<InvalidInputException>(() => RateCurve.Of([SampleRuns.Step(0, 0.1) with { Loss = double.PositiveInfinity }], "a")).Message);

    [Fact]
    public void Of_RecordsThatCannotBe_ASentenceEachWithTheLine()
    {
        var records = SampleRuns.Halving(7);
        records[1] = records[1] with { LearningRate = double.NaN };
        records[2] = records[2] with { LearningRate = -1 };
        records[3] = records[3] with { EffectiveRate = -0.5 };
        records[4] = records[4] with { ExponentialRateLog10 = double.PositiveInfinity };
        records[5] = records[5] with { Samples = 599 };
        records[6] = records[6] with { Step = 6 };
        Assert.Equal(
            [
                "log, line 2: learning_rate is NaN, but must be finite and at least 0.",
                "log, line 3: learning_rate is -1, but must be finite and at least 0.",
                "log, line 4: effective_rate is -0.5, but must be at least 0.",
                $"log, line 5: log10_exponential_rate is {double.PositiveInfinity}, but must be a logarithm.",
                "log, line 6: samples is 599, but must be at least 600: those before and the batch.",
                "log, line 7: step is 6, but must be above 6, that of the update before.",
            ],
            Assert.Throws<InvalidInputException>(() => RateCurve.Of(records, "a", "log")).Message.Split('\n'));
    }

    [Fact]
    public void Of_ThousandsOfRecordsThatCannotBe_TheFirstTwenty() => Assert.Equal(
        20, Assert.Throws<InvalidInputException>(() => RateCurve.Of([.. SampleRuns.Plain(5000).Select(update => update with { BatchSize = 0 })], "a")).Findings.Count);

    [Fact]
    public void Read_FolderOrFile_TheSameWithTheFoldersName()
    {
        var folder = Directory.CreateDirectory(_temporary["decay"]).FullName;
        Write(Path.Combine(folder, "steps.jsonl"), SampleRuns.Growing(21));
        File.Copy(Path.Combine(folder, "steps.jsonl"), _temporary["other.jsonl"]);

        Assert.Equal(SampleRuns.Growing(21), RateCurve.Read(folder).Updates);
        Assert.Equal(
            ["decay", "decay", "decay", "other"],
            ((string[])[folder, folder + "/", Path.Combine(folder, "steps.jsonl"), _temporary["other.jsonl"]]).Select(path => RateCurve.Read(path).Name));
    }

    [Fact]
    public void Read_LogOfAKilledRun_ItsWholeLines()
    {
        Write(_temporary["steps.jsonl"], SampleRuns.Halving(21));
        var text = File.ReadAllText(_temporary["steps.jsonl"]);
        File.WriteAllText(_temporary["steps.jsonl"], text[..^30]);
        Assert.Equal(20, RateCurve.Read(_temporary.Path).Updates.Length);
    }

    [Fact]
    public void Read_NothingThere_SaysWhatToName()
    {
        Assert.Equal(
            $"'{_temporary.Path}' is a folder without steps.jsonl; name the folder of a run, such as runs/NAME.",
            Assert.Throws<InvalidInputException>(() => RateCurve.Read(_temporary.Path)).Message);
        Assert.Equal(
            $"there is no '{_temporary["x"]}'; name a run folder, such as runs/NAME, or its steps.jsonl.",
            Assert.Throws<InvalidInputException>(() => RateCurve.Read(_temporary["x"])).Message);
    }

    private static void Write(string path, IEnumerable<StepRecord> records)
    {
        using var log = new StepLog(File.Create(path));
        foreach (var record in records)
        {
            log.Append(record);
        }
    }
}
