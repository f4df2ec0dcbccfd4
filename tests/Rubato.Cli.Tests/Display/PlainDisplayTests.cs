using Rubato.Cli.Display;
using Rubato.Control;
using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Tests.Display;

public sealed class PlainDisplayTests
{
    [Fact]
    public void OnStep_LongEpoch_ALineEveryTenSeconds()
    {
        using var writer = new StringWriter();
        var display = new PlainDisplay(writer);
        display.OnEvent(Harness.Description);
        var start = writer.ToString().Length;

        for (var step = 1; step <= 25; step++)
        {
            display.OnStep(Harness.Step(step, 1, step));
        }

        Assert.Equal(2, writer.ToString()[start..].Count(c => c == '\n'));
        display.OnEvent(new EpochRecord(1, 25, 1, 1, 1, 1, 1, 29));
        display.OnStep(Harness.Step(26, 1, 30));
        Assert.Equal(3, writer.ToString()[start..].Count(c => c == '\n'));
    }

    [Fact]
    public void OnEvent_Rollback_ALineAtOnce()
    {
        using var writer = new StringWriter();
        new PlainDisplay(writer).OnEvent(Harness.Rollback);
        Assert.Equal($"update 1,007  loss not finite: rolled back, learning rates times 0.1 from here  1:02{Environment.NewLine}", writer.ToString());
    }

    [Fact]
    public void OnRehearsal_Found_ALineWithItsEvidenceAndCost()
    {
        using var writer = new StringWriter();
        var record = new RehearsalRecord
        {
            PeakLearningRate = 0.25,
            LowestUsable = 0.01,
            HighestUsable = 1,
            StartLoss = 2.3,
            Runs = [new(0.1, 1.9), new(0.316, 1.6), new(1, 1.9)],
            Updates = 50,
            MicroBatch = 16,
            Samples = 3600,
            PaidSamples = 3600,
            Share = 0.0995,
            TookWeights = false,
            Seconds = 2.57,
        };
        new PlainDisplay(writer).OnEvent(record.Runs[0]);
        new PlainDisplay(writer).OnEvent(record);
        new PlainDisplay(writer).OnEvent(record with { Runs = [], Doubt = RehearsalDoubt.BracketOnly });
        new PlainDisplay(writer).OnEvent(record with { Runs = [], LowestUsable = 1, HighestUsable = 1, PaidSamples = 0, Doubt = RehearsalDoubt.BracketOnly });
        new PlainDisplay(writer).OnEvent(record with { Runs = record.Runs[..1], Repeats = 2, PaidSamples = 0, Doubt = RehearsalDoubt.NothingLearned });
        new PlainDisplay(writer).OnEvent(record with { Repeats = 4, PaidSamples = 100, Doubt = RehearsalDoubt.LowestIsBest });
        new PlainDisplay(writer).OnEvent(record with { Doubt = RehearsalDoubt.HighestIsBest });
        new PlainDisplay(writer).OnEvent(record with { Doubt = RehearsalDoubt.AllDestroyed });
        new PlainDisplay(writer).OnEvent(record with { Samples = 0, Doubt = RehearsalDoubt.NothingProbed });
        Assert.Equal(
            [
                "rehearsing a peak learning rate of 0.1: score 1.9000",
                "rehearsal  learning rate 0.25 from 3 runs of 50 updates between 0.1 and 1; it took 9.95 % of the samples, 2.6 s",
                "           sure: the rates on either side came out worse",
                "rehearsal  learning rate 0.25 from the rates between 0.01 and 1, at which the loss falls; it took 9.95 % of the samples, 2.6 s",
                "           unsure, by a factor of 10 and more: there was no room to try it out; a longer run gives room",
                "rehearsal  learning rate 0.25 from 1, the one rate at which the loss falls; it took 3,600 samples outside the budget, 2.6 s",
                "           unsure, by a factor of 10 and more: there was no room to try it out; a longer run gives room",
                "rehearsal  learning rate 0.25 from 1 run of 50 updates, twice each, at 0.1; it took 3,600 samples outside the budget, 2.6 s",
                "           unsure: nothing was learned in so few updates; a longer run gives longer rehearsals",
                "rehearsal  learning rate 0.25 from 3 runs of 50 updates, 4 times each, between 0.1 and 1; it took 3,600 samples, 100 of them from the budget, 2.6 s",
                "           unsure: the lowest rate came out best; compare with --lr 0.08333",
                "rehearsal  learning rate 0.25 from 3 runs of 50 updates between 0.1 and 1; it took 9.95 % of the samples, 2.6 s",
                "           unsure: the highest rate came out best; compare with --lr 0.75",
                "rehearsal  learning rate 0.25 from 3 runs of 50 updates between 0.1 and 1; it took 9.95 % of the samples, 2.6 s",
                "           unsure: every rate that was tried destroyed the network; look for numbers far off in the data",
                "rehearsal  learning rate 0.25, the usual one: the budget is too small for probing",
                "",
            ],
            writer.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void OnRangeTest_Found_ALineAtOnce()
    {
        using var writer = new StringWriter();
        var record = Harness.RangeTest with { Rule = "valley" };
        new PlainDisplay(writer).OnEvent(record);
        new PlainDisplay(writer).OnEvent(record with { BaseLr = null, MaxLr = null });
        Assert.Equal(
            ["range test: 0.025 to 0.31 by valley, 400 updates, 3.1 s", "range test: no clear answer, 400 updates, 3.1 s", ""],
            writer.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void OnAutoWarmup_Found_ALineAtOnce()
    {
        using var writer = new StringWriter();
        var record = new AutoWarmupRecord
        {
            LearningRate = 0.0377,
            Reason = AutoWarmupReason.Minimum,
            BestStep = 224.15,
            Probability = 0.9976,
            Verdicts = 5,
            Tests = 77,
            Step = 249,
            Samples = 7968,
            Scale = 1,
            TestSeconds = 0.247,
            Seconds = 0.73,
        };
        new PlainDisplay(writer).OnEvent(record);
        Assert.Equal($"{WarmupText.Decision(record)}{Environment.NewLine}", writer.ToString());
    }

    [Fact]
    public void OnStep_BetweenLines_AllocatesNothing()
    {
        var display = new PlainDisplay(TextWriter.Null);
        display.OnEvent(Harness.Description);
        display.OnStep(Harness.Step(1, 1, 0.001));
        display.OnEvent(new PhaseRecord(RunPhase.WarmUp, 0.5));
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var step = 2; step < 1000; step++)
            {
                display.OnStep(Harness.Step(step, 1, step * 0.001));
            }
        }));
    }

    [Fact]
    public void OnRehearsal_Begins_TheHeaderBeforeItsLinesAndTheOptimizerAfterThem()
    {
        using var writer = new StringWriter();
        var display = new PlainDisplay(writer);
        display.OnEvent(new RehearsalBegins { Run = Harness.Description with { Epochs = 3 }, Share = 0.1, FreeSamples = 1999 });
        display.OnEvent(new RehearsedRunRecord(0.1, 1.9));
        display.OnEvent(Harness.Description);
        Assert.Equal(
            [
                "data       glyphs: 10,000 training and 2,000 test samples",
                "network    convnet: 24,330 parameters",
                "device     cpu: 2 threads, channels-last",
                "folder     runs/first",
                "rehearsal  tries learning rates on about 10 % of the samples, 2,000",
                "rehearsing a peak learning rate of 0.1: score 1.9000",
                "optimizer  sgd: peak learning rate 0.1, 4 updates in 2 epochs",
                "",
            ],
            writer.ToString().ReplaceLineEndings("\n").Split('\n'));
    }

    [Fact]
    public void OnEpoch_HundredInTwoSeconds_ALineASecondAndTheLast()
    {
        using var writer = new StringWriter();
        var display = new PlainDisplay(writer);
        display.OnEvent(Harness.Description with { Epochs = 100 });
        var start = writer.ToString().Length;
        for (var epoch = 1; epoch <= 100; epoch++)
        {
            display.OnEvent(new EpochRecord(epoch, epoch, epoch * 10_000L, 1, 1, 1, 1, 0.024 * epoch));
        }

        Assert.Equal(
            ["epoch 42/100", "epoch 84/100", "epoch 100/100"],
            writer.ToString()[start..].Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ")[0]));
    }
}
