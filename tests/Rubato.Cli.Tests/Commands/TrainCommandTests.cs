using System.Runtime.InteropServices;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class TrainCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Train_NoFlags_Defaults()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("train"));
        Assert.Equal(new TrainSettings(), harness.Asked);
    }

    [Fact]
    public void Train_EveryFlag_ItsProperty()
    {
        using var harness = new Harness();

        var code = harness.Run(
            "train", "--data", "csv:a b.csv", "--label", "kind", "--held-out", "0.25", "--train-samples", "100", "--augment", "crop(4), flip",
            "--network", "mlp(256, 128, norm batch)", "--loss", "cross-entropy", "--label-smoothing", "0.1", "--optimizer", "adamw", "--lr", "1e-3",
            "--warmup", "0.1", "--epochs", "7.5", "--batch=64", "--tail", "cut", "--micro-batch", "32", "--momentum", "0.5", "--weight-decay", "0",
            "--groups", "*.bias(lr 0)", "--seed", "-5",
            "--device", "cuda:1", "--threads", "3", "--out", "elsewhere", "--name", "x");

        Assert.Empty(harness.Error);
        Assert.Equal(0, code);
        Assert.Equal(
            new TrainSettings
            {
                Data = "csv:a b.csv",
                Label = "kind",
                HeldOut = 0.25,
                TrainSamples = 100,
                Augment = "crop(4), flip",
                Network = "mlp(256, 128, norm batch)",
                Loss = "cross-entropy",
                LabelSmoothing = 0.1,
                Optimizer = "adamw",
                LearningRate = Rate.Parse("1e-3"),
                Warmup = 0.1,
                Epochs = 7.5,
                Batch = 64,
                Tail = EpochTail.Cut,
                MicroBatch = 32,
                Momentum = Schedule.Parse("0.5"),
                WeightDecay = Schedule.Parse("0"),
                Groups = ParameterGroups.Parse("*.bias(lr 0)"),
                Seed = -5,
                Device = "cuda:1",
                Threads = 3,
                Out = "elsewhere",
                Name = "x",
            },
            harness.Asked);
    }

    [Fact]
    public void Train_FlagsAndFile_FlagsWin()
    {
        using var harness = new Harness();
        File.WriteAllText(_file, "batch: 64\nepochs: 3\n");

        Assert.Equal(0, harness.Run("train", "--epochs", "9", "--config", _file));
        Assert.Equal(new TrainSettings { Batch = 64, Epochs = 9 }, harness.Asked);
    }

    [Theory]
    [InlineData("epochs: 3", "--length", "5000ba")]
    [InlineData("length: 5000ba", "--epochs", "3")]
    [InlineData("lr: 0.1\nwarmup: 0.1", "--lr", "cosine(0.1 -> 0)")]
    public void Train_FlagThatSaysTheSameAsTheFile_TakesItsPlace(string yaml, string flag, string value)
    {
        using var harness = new Harness();
        File.WriteAllText(_file, yaml);

        Assert.Equal(0, harness.Run("train", flag, value, "--config", _file));
        Assert.Equal(TrainSettingTable.Find(flag[2..])?.TrySet(new TrainSettings(), value, flag, out var expected) == true ? expected : null, harness.Asked);
    }

    [Fact]
    public void Train_PeakFromAFlag_KeepsTheFilesWarmup()
    {
        using var harness = new Harness();
        File.WriteAllText(_file, "lr: 0.1\nwarmup: 0.1\n");

        Assert.Equal(0, harness.Run("train", "--lr", "0.2", "--config", _file));
        Assert.Equal(new TrainSettings { LearningRate = Rate.Parse("0.2"), Warmup = 0.1 }, harness.Asked);
    }

    [Fact]
    public void Train_TwoFlagsThatSayTheSame_Refused()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("train", "--epochs", "3", "--length", "5000ba"));
        Assert.Equal(
            $"error: --epochs is 3, and --length is '5000ba', which says the same; leave one of them out.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Train_MistakesInFileFlagsAndRanges_AllReportedAtOnce()
    {
        using var harness = new Harness();
        File.WriteAllText(_file, "batch: 0\nepoch: 3\n");

        Assert.Equal(2, harness.Run("train", "--config", _file, "--lr", "NaN", "--seed", "one", "--momentum", "1"));
        Assert.Equal(
            $"""
            error: {_file}, line 2: unknown key 'epoch'; did you mean 'epochs'?
            error: --lr is NaN; it must be a finite number above 0 or a schedule, for instance 0.1.
            error: --seed is 'one'; it must be a whole number of 64 bits, for instance --seed 7.
            error: --batch is 0; it must be a whole number of at least 1, for instance --batch 256.
            error: --momentum is 1; it must be at least 0 and below 1, for instance --momentum 0.95.

            """,
            harness.Error);
        Assert.Null(harness.Asked);
    }

    [Fact]
    public void Train_Switches_OnWithoutAValueAndOverTheFile()
    {
        using var harness = new Harness();
        File.WriteAllText(_file, "freeze-last: true\n");

        Assert.Equal(0, harness.Run("train", "--freeze-last", "--no-affine"));
        Assert.Equal(new TrainSettings { FreezeLast = true, NoAffine = true }, harness.Asked);
        Assert.Equal(0, harness.Run("train", "--config", _file, "--no-affine"));
        Assert.Equal(new TrainSettings { FreezeLast = true, NoAffine = true }, harness.Asked);
        Assert.Equal(0, harness.Run("train", "--config", _file, "--freeze-last", "false"));
        Assert.Equal(new TrainSettings(), harness.Asked);
    }

    [Fact]
    public void Train_SwitchOfAnotherWord_OneSentence()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("train", "--freeze-last", "yes"));
        Assert.Equal($"error: --freeze-last is 'yes'; it must be true or false, for instance --freeze-last.{Environment.NewLine}", harness.Error);
    }

    [Fact]
    public void Train_NoSuchFile_OneSentence()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("train", "--config", _file + ".none"));
        Assert.StartsWith($"error: --config is '{_file}.none', which cannot be read (", harness.Error, StringComparison.Ordinal);
        Assert.EndsWith($"); name a YAML file, for instance runs/NAME/config.yaml.{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_FolderInPlaceOfTheFile_NamesTheFile(bool isRun)
    {
        using var harness = new Harness();
        var folder = Directory.CreateTempSubdirectory("rubato-config-");
        var inside = Path.Combine(folder.FullName, "config.yaml");
        try
        {
            if (isRun)
            {
                File.WriteAllText(inside, "epochs: 3\n");
            }

            Assert.Equal(2, harness.Run("train", "--config", folder.FullName));
            Assert.Equal(
                $"error: --config is '{folder.FullName}', which is a folder; name a YAML file, for instance "
                + $"{(isRun ? inside : "runs/NAME/config.yaml")}.{Environment.NewLine}",
                harness.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Train_NoTerminal_PlainLines()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("train"));
        Assert.Equal(
            """
            data       glyphs: 10,000 training and 2,000 test samples
            network    convnet: 24,330 parameters
            optimizer  sgd: peak learning rate 0.1, 4 updates in 2 epochs
            device     cpu: 2 threads, channels-last
            folder     runs/first
            epoch 1/2  update 2 of 4  loss 1.4949  lr 0.05  833 samples/s  0:12 left
            epoch 1/2  train loss 1.5000  test loss 0.7500  accuracy 90.00 %  lr 0.05  833 samples/s  0:14
            epoch 2/2  train loss not finite  test loss 0.0512  accuracy 98.77 %  lr 0  1,667 samples/s  0:25
            test accuracy       98.77 %
            test loss           0.0512
            train loss          0.0433
            updates             4
            samples             20,000
            seconds             25.0
            peak learning rate  0.1
            run folder          runs/first

            """,
            harness.Output);
        Assert.Empty(harness.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_Quiet_FinalLineOnly(bool isTerminal)
    {
        using var harness = new Harness { IsTerminal = isTerminal };

        Assert.Equal(0, harness.Run("train", "--quiet"));
        Assert.Equal("test accuracy 98.77 %, test loss 0.0512, 4 updates, 25.0 s, runs/first\n", harness.Output);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130, false)]
    [InlineData(PosixSignal.SIGTERM, 143, false)]
    [InlineData(PosixSignal.SIGINT, 130, true)]
    public void Train_Interrupted_SummaryAndExitCode(PosixSignal signal, int exitCode, bool isTerminal)
    {
        using var harness = Harness.Interrupted(signal, isTerminal);

        Assert.Equal(exitCode, harness.Run("train"));
        Assert.Equal(
            $"interrupted; run folder is complete, and the run goes on with: rubato train --resume runs/first{Environment.NewLine}", harness.Error);
        Assert.EndsWith("run folder          runs/first\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_NoLossBeforeAnyUpdate_SaysWhereToLook()
    {
        using var harness = new Harness
        {
            Script = (settings, listener, time, cancellation) =>
                Harness.TwoEpochs(settings, listener, time, cancellation) with { Status = RunStatus.Diverged, Updates = 0, PeakLearningRate = 0 },
        };

        Assert.Equal(1, harness.Run("train"));
        Assert.Equal(
            "error: the loss is not finite before any update; look for numbers that are not finite in the data, or choose another network; "
            + "run folder: runs/first" + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_Diverged_SaysWhatToLower()
    {
        using var harness = new Harness
        {
            Script = (settings, listener, time, cancellation) =>
                Harness.TwoEpochs(settings, listener, time, cancellation) with { Status = RunStatus.Diverged, Updates = 3, PeakLearningRate = 12.5 },
        };

        Assert.Equal(1, harness.Run("train"));
        Assert.Equal(
            "error: the loss became non-finite after 3 updates; lower --lr, whose peak is 12.5 so far, or let it rise more slowly; run folder: runs/first"
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_DivergedUnderAController_OffersTheGuard()
    {
        using var harness = new Harness
        {
            Script = (settings, listener, time, cancellation) =>
                Harness.TwoEpochs(settings, listener, time, cancellation) with { Status = RunStatus.Diverged, Updates = 3, PeakLearningRate = 12.5 },
        };

        Assert.Equal(1, harness.Run("train", "--lr", "autowarmup(max-lr 100)"));
        Assert.Equal(
            "error: the loss became non-finite after 3 updates; add --guard on, or hold the rate of --lr below 12.5, its peak so far; run folder: runs/first"
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_DivergedUnderPolyak_OffersHalfTheMultiple()
    {
        using var harness = new Harness
        {
            Script = (settings, listener, time, cancellation) =>
                Harness.TwoEpochs(settings, listener, time, cancellation) with { Status = RunStatus.Diverged, Updates = 3, PeakLearningRate = 12.5 },
        };

        Assert.Equal(1, harness.Run("train", "--lr", "polyak * cosine(1 -> 0)"));
        Assert.Equal(
            "error: the loss became non-finite after 3 updates; halve the multiple, --lr \"polyak(0.5) * cosine(1 -> 0)\", or write --lr auto; the peak is 12.5 so far; run folder: runs/first"
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_DivergedBetweenBoundsThatWereFound_OffersTheGuard()
    {
        using var harness = new Harness
        {
            Script = (settings, listener, time, cancellation) =>
                Harness.TwoEpochs(settings, listener, time, cancellation) with { Status = RunStatus.Diverged, Updates = 3, PeakLearningRate = 12.5 },
        };

        Assert.Equal(1, harness.Run("train", "--lr", "one-cycle"));
        Assert.Equal(
            "error: the loss became non-finite after 3 updates; add --guard on, or write the schedule into --lr, with a peak below 12.5; run folder: runs/first"
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_RangeTestWithoutAClearAnswer_TheReasonAndExitCode1()
    {
        using var harness = new Harness
        {
            Script = (_, listener, _, _) =>
            {
                var record = new RangeTestRecord
                {
                    BaseLr = null,
                    MaxLr = null,
                    Rule = "lowest",
                    Confidence = 0,
                    Reason = "the loss still falls at the last rate, 50; end at a higher rate.",
                    BatchSize = 128,
                    Updates = 400,
                    Samples = 51_200,
                    Seconds = 3.1,
                    Schedule = null,
                };
                listener.OnEvent(Harness.Description);
                listener.OnEvent(record);
                return Harness.Summary(RunStatus.Failed) with { RangeTest = record };
            },
        };

        Assert.Equal(1, harness.Run("train", "--lr", "clr"));
        Assert.Contains("\nrange test: no clear answer, 400 updates, 3.1 s\n", harness.Output, StringComparison.Ordinal);
        Assert.Equal(
            "error: the range test of --lr clr has no clear answer: the loss still falls at the last rate, 50; end at a higher rate; or give the rate, for instance --lr usual; run folder: runs/first"
            + Environment.NewLine,
            harness.Error);
    }

    [Fact]
    public void Train_InterruptedAfterTheLastUpdate_Completed()
    {
        Harness? harness = null;
        using var created = harness = new Harness
        {
            Script = (settings, listener, time, _) =>
            {
                var summary = Harness.TwoEpochs(settings, listener, time, CancellationToken.None);
                harness?.Interruption.Receive(PosixSignal.SIGINT);
                return summary;
            },
        };

        Assert.Equal(0, harness.Run("train"));
        Assert.Empty(harness.Error);
    }

    [Fact]
    public void Train_RunFailed_ExitCode1()
    {
        using var harness = new Harness
        {
            Script = (_, listener, _, _) =>
            {
                listener.OnEvent(Harness.Description);
                return Harness.Summary(RunStatus.Failed);
            },
        };

        Assert.Equal(1, harness.Run("train"));
        Assert.Equal($"error: the run failed; see runs/first.{Environment.NewLine}", harness.Error);
    }
}
