using System.Runtime.InteropServices;
using System.Text.Json;
using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class FindCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public static TheoryData<string, string[]> Approved => new()
    {
        { "one", [] },
        { "repeats", ["--repeats", "3", "--rule", "valley"] },
        { "variants", ["--momentum", "0.8, 0.9, 0.95", "--weight-decay", "0", "--network", "mlp(256, 128)"] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_NoFlags_Defaults()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("find"));
        Assert.Equal(new FindSettings { Momenta = harness.AskedFind!.Momenta, WeightDecays = harness.AskedFind.WeightDecays }, harness.AskedFind);
        Assert.Empty(harness.AskedFind.Momenta);
        Assert.Empty(harness.AskedFind.WeightDecays);
    }

    [Fact]
    public void Find_EveryFlag_ItsProperty()
    {
        using var harness = new Harness();

        Assert.Equal(
            0,
            harness.Run(
                "find", "--data", "csv:a b.csv", "--label", "kind", "--held-out", "0.25", "--train-samples", "100", "--augment", "flip", "--network", "mlp(256, 128)",
                "--loss", "cross-entropy", "--label-smoothing", "0.1", "--optimizer", "adamw", "--batch=64", "--tail", "cut", "--micro-batch", "32", "--momentum", "0.5",
                "--weight-decay", "0", "--groups", "*.bias(lr 0)", "--seed", "-5", "--device", "cuda:1", "--threads", "3", "--start-lr", "1e-4", "--end-lr", "2",
                "--spacing", "linear", "--iterations", "300", "--repeats", "2", "--diverge-threshold", "10", "--accuracy-every", "7", "--accuracy-samples", "50",
                "--smoothing", "average(0.5)", "--rule", "steep", "--base-divisor", "3", "--quiet"));
        Assert.Equal(
            new TrainSettings
            {
                Data = "csv:a b.csv",
                Label = "kind",
                HeldOut = 0.25,
                TrainSamples = 100,
                Augment = "flip",
                Network = "mlp(256, 128)",
                LabelSmoothing = 0.1,
                Optimizer = "adamw",
                Batch = 64,
                Tail = EpochTail.Cut,
                MicroBatch = 32,
                Momentum = Schedule.Parse("0.5"),
                WeightDecay = Schedule.Parse("0"),
                Groups = ParameterGroups.Parse("*.bias(lr 0)"),
                Seed = -5,
                Device = "cuda:1",
                Threads = 3,
            },
            harness.AskedFind?.Training);
        Assert.Equal(
            new FindSettings
            {
                Training = harness.AskedFind!.Training,
                Momenta = harness.AskedFind.Momenta,
                WeightDecays = harness.AskedFind.WeightDecays,
                StartLr = 1e-4,
                EndLr = 2,
                Spacing = RangeSpacing.Linear,
                Iterations = 300,
                Repeats = 2,
                DivergeThreshold = 10,
                AccuracyEvery = 7,
                AccuracySamples = 50,
                Suggestion = new RangeSuggestionSettings { Rule = "steep", Smoothing = new AverageSmoothing { Beta = 0.5 }, BaseDivisor = 3 },
            },
            harness.AskedFind);
    }

    [Fact]
    public void Find_SeveralMomentaAndWeightDecays_AllOfThem()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("find", "--momentum", " 0.8,0.95 ", "--weight-decay", "1e-4, linear(0 -> 1e-3, 10ba)", "--epochs", "0.5"));
        Assert.Equal<Schedule>([0.8, 0.95], harness.AskedFind!.Momenta);
        Assert.Equal<Schedule>([1e-4, Schedule.Parse("linear(0 -> 1e-3, 10ba)")], harness.AskedFind.WeightDecays);
        Assert.Equal(0.5, harness.AskedFind.Epochs);
    }

    [Fact]
    public void Find_ConfigurationOfARun_AllOfItIsTaken()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "config.yaml");
        File.WriteAllText(path, SettingsText.ToYaml(new TrainSettings { LearningRate = Rate.Parse("sgdr(0.1 -> 0, first 1ep)"), Length = Duration.Parse("3ep"), Batch = 64, Name = "first", Guard = true }));

        Assert.Equal(0, harness.Run("find", "--config", path, "--seed", "4"));
        Assert.Equal(64, harness.AskedFind?.Training.Batch);
        Assert.Matches($"\nrubato train --config {path} --seed 4 --lr \"one-cycle\\(.*\\)\" --name first-one-cycle\n", harness.Output);
        Assert.Matches($"\nrubato train --config {path} --seed 4 --lr \"triangular2\\(.*\\)\" --name first-triangular2\n", harness.Output);
    }

    [Theory]
    [MemberData(nameof(Approved))]
    public void Find_Curves_ApprovedText(string name, string[] words)
    {
        using var harness = new Harness { FindScript = ScriptedFind.RunWithKnownAnswers };

        Assert.Equal(0, harness.Run(["find", .. words]));
        Assert.Empty(harness.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"Commands/find-{name}.approved.txt")), Trimmed(harness.Output));
    }

    [Fact]
    public void Find_Quiet_TheAnswerOnly()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("find", "--quiet", "--json", Path.Combine(_folder, "find.json")));
        var (range, confidence) = AnswerIn("find.json");
        Assert.Equal(
            $"base_lr {range.BaseLr:G2}, max_lr {range.MaxLr:G2} by lowest; {100 * confidence:F0} % of answers within a factor 3; measured at a global batch of 128\n",
            harness.Output);
    }

    [Fact]
    public void Find_Terminal_TheAnswerStandsBelowTheCurve()
    {
        using var harness = new Harness { IsTerminal = true };
        harness.Console.Interactive();

        Assert.Equal(0, harness.Run("find"));
        Assert.Contains("data       glyphs: 12,000 training samples, 1,000 of them held out", harness.Output, StringComparison.Ordinal);
        Assert.Contains("run 1 of 1  diverged: ", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nbase_lr 0.", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Files_WhatWasMeasured()
    {
        using var harness = new Harness();
        string[] files = [.. new[] { "find.csv", "find.json", "find.svg" }.Select(file => Path.Combine(_folder, file))];

        Assert.Equal(0, harness.Run("find", "--csv", files[0], "--json", files[1], "--svg", files[2], "--repeats", "2"));
        Assert.EndsWith($"written: {files[0]}\nwritten: {files[1]}\nwritten: {files[2]}\n", harness.Output, StringComparison.Ordinal);
        var rows = File.ReadAllLines(files[0]);
        Assert.Equal("iteration,learning_rate,loss,smoothed_loss,accuracy,run", rows[0]);
        Assert.Equal(["1", "2"], rows.Skip(1).Select(row => row.Split(',')[^1]).Distinct());
        Assert.StartsWith("<?xml", File.ReadAllText(files[2]), StringComparison.Ordinal);
        Assert.InRange(AnswerIn("find.json").Range.MaxLr, 0.03, 0.5);
    }

    [Fact]
    public void Find_NoClearAnswer_ASentenceAndExitCode1()
    {
        using var harness = new Harness { FindScript = (settings, listener, _, cancellation) => ScriptedFind.Run(_ => 2.3, settings, listener, cancellation) };
        var csv = Path.Combine(_folder, "flat.csv");

        Assert.Equal(1, harness.Run("find", "--csv", csv));
        Assert.StartsWith("error: no clear answer: the loss falls at no rate by more than its noise", harness.Error, StringComparison.Ordinal);
        Assert.Contains("no answer", harness.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rubato train", harness.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(csv));
    }

    [Fact]
    public void Find_NoFiniteLoss_NothingToDrawButATableAndAReason()
    {
        using var harness = new Harness { FindScript = (settings, listener, _, cancellation) => ScriptedFind.Run(_ => double.NaN, settings, listener, cancellation) };
        string[] files = [Path.Combine(_folder, "nan.csv"), Path.Combine(_folder, "nan.svg")];

        Assert.Equal(1, harness.Run("find", "--csv", files[0], "--svg", files[1]));
        Assert.StartsWith("error: no clear answer: the loss was not finite at update 1", harness.Error, StringComparison.Ordinal);
        Assert.Equal("1,1E-05,NaN,,,1", File.ReadAllLines(files[0])[1]);
        Assert.False(File.Exists(files[1]));
        Assert.EndsWith($"written: {files[0]}\nnot written: {files[1]}, as no loss is finite\n", harness.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Find_Interrupted_WhatWasMeasuredIsShownAndWritten(PosixSignal signal, int code)
    {
        Harness? harness = null;
        using var created = harness = new Harness
        {
            FindScript = (settings, listener, time, cancellation) =>
            {
                harness?.Interruption.Receive(signal);
                return ScriptedFind.Run(settings, listener, time, cancellation);
            },
        };
        var csv = Path.Combine(_folder, "part.csv");

        Assert.Equal(code, harness.Run("find", "--csv", csv));
        Assert.StartsWith("interrupted; the rates up to 0.096 have no clear answer", harness.Error, StringComparison.Ordinal);
        Assert.Contains("run 1 of 1  was interrupted: 80 updates", harness.Output, StringComparison.Ordinal);
        Assert.Equal(81, File.ReadAllLines(csv).Length);
    }

    [Fact]
    public void Find_InterruptedBeforeTheFirstUpdate_NothingIsWritten()
    {
        Harness? harness = null;
        using var created = harness = new Harness
        {
            FindScript = (settings, listener, time, cancellation) =>
            {
                harness?.Interruption.Receive(PosixSignal.SIGINT);
                var measured = ScriptedFind.Run(settings, listener, time, cancellation);
                return measured with { Outcome = measured.Outcome with { Variants = [] } };
            },
        };

        Assert.Equal(130, harness.Run("find", "--quiet", "--csv", Path.Combine(_folder, "none.csv")));
        Assert.Equal($"interrupted before the first update; nothing was measured{Environment.NewLine}", harness.Error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private (RateRange Range, double Confidence) AnswerIn(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, file)));
        var answer = json.RootElement.GetProperty("suggestion");
        return (new RateRange(answer.GetProperty("base_lr").GetDouble(), answer.GetProperty("max_lr").GetDouble()), answer.GetProperty("confidence").GetDouble());
    }

    // Blanks at the ends of lines are the console library's.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
