using System.Runtime.InteropServices;
using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Torch;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private static readonly string[] Exponential = ["verify", "--rewrite", "exponential"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Verify_RewriteOnly_Defaults()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(Exponential));
        Assert.Equal(new VerifySettings { Training = new TrainSettings { Rewrite = RewriteSequence.Parse("exponential") } }, harness.AskedVerify);
    }

    [Fact]
    public void Verify_EveryFlag_ItsProperty()
    {
        using var harness = new Harness();

        Assert.Equal(
            0,
            harness.Run(
                "verify", "--data", "csv:a b.csv", "--label", "kind", "--held-out", "0.25", "--train-samples", "100", "--augment", "flip", "--network", "mlp(16, norm batch)",
                "--freeze-last", "--no-affine", "--loss", "cross-entropy", "--label-smoothing", "0.1", "--optimizer", "sgd", "--lr", "0.1", "--warmup", "0.2", "--epochs", "2",
                "--batch=64", "--tail", "cut", "--micro-batch", "32", "--ghost-batch", "16", "--rewrite", "exponential", "--momentum", "0.5", "--weight-decay", "1e-3", "--groups",
                "*.bias(lr 0)", "--guard", "on", "--seed", "-5", "--device", "cuda:1", "--threads", "3", "--precision", "float32", "--updates", "50", "--every", "7", "--probe", "9",
                "--tolerance", "1e-4", "--quiet"));
        Assert.Equal(
            new VerifySettings
            {
                Training = new TrainSettings
                {
                    Data = "csv:a b.csv",
                    Label = "kind",
                    HeldOut = 0.25,
                    TrainSamples = 100,
                    Augment = "flip",
                    Network = "mlp(16, norm batch)",
                    FreezeLast = true,
                    NoAffine = true,
                    LabelSmoothing = 0.1,
                    LearningRate = Rate.Parse("0.1"),
                    Warmup = 0.2,
                    Epochs = 2,
                    Batch = 64,
                    Tail = EpochTail.Cut,
                    MicroBatch = 32,
                    GhostBatch = 16,
                    Rewrite = RewriteSequence.Parse("exponential"),
                    Momentum = Schedule.Parse("0.5"),
                    WeightDecay = Schedule.Parse("1e-3"),
                    Groups = ParameterGroups.Parse("*.bias(lr 0)"),
                    Guard = true,
                    Seed = -5,
                    Device = "cuda:1",
                    Threads = 3,
                },
                Closeness = new() { IsDouble = false, Updates = 50, Every = 7, Probe = 9, Tolerance = 1e-4 },
            },
            harness.AskedVerify);
    }

    [Fact]
    public void Verify_ConfigurationOfARun_AllOfItIsTaken()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "config.yaml");
        var training = new TrainSettings { LearningRate = Rate.Parse("step(0.1, gamma 0.5, every 1ep)"), Length = Duration.Parse("3ep"), Batch = 64, Rewrite = RewriteSequence.Parse("texp"), Name = "first" };
        File.WriteAllText(path, SettingsText.ToYaml(training));

        Assert.Equal(0, harness.Run("verify", "--config", path, "--seed", "4"));
        Assert.Equal(training with { Seed = 4 }, harness.AskedVerify?.Training);
    }

    [Fact]
    public void Verify_ClaimThatHolds_ApprovedText()
    {
        using var harness = new Harness();
        harness.Console.Profile.Capabilities.Unicode = true;

        Assert.Equal(0, harness.Run(Exponential));
        Assert.Empty(harness.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Commands/verify.approved.txt")), Trimmed(harness.Output));
    }

    [Fact]
    public void Verify_Quiet_TheVerdictOnly()
    {
        using var harness = new Harness();
        var csv = Path.Combine(_folder, "points.csv");

        Assert.Equal(0, harness.Run([.. Exponential, "--quiet", "--csv", csv]));
        Assert.Equal("exponential holds over all 60 updates: no output differs by more than 3.2e-14, and 1e-8 is allowed\n", harness.Output);
        var rows = File.ReadAllLines(csv);
        Assert.Equal("update,loss,loss_difference,function_difference,direction_difference,rounding", rows[0]);
        Assert.Equal("10,2,1E-16,1E-15,5E-16,1E-14", rows[1]);
        Assert.Equal(7, rows.Length);
    }

    [Fact]
    public void Verify_Terminal_LinesThatStayAndTheVerdict()
    {
        using var harness = new Harness { IsTerminal = true };
        harness.Console.Interactive().Width(120).Height(60);

        Assert.Equal(0, harness.Run([.. Exponential, "--csv", Path.Combine(_folder, "a.csv")]));
        Assert.Contains("network    mlp(16, norm batch): 1,000 parameters\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nepoch 2  update 60  accuracy 98.77 %, rewritten 98.77 %, rounded differently 98.75 %\n", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"written: {Path.Combine(_folder, "a.csv")}\nexponential holds over all 60 updates: no output differs by more than 3.2e-14, and 1e-8 is allowed\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-3, 1e-12, "error: exponential does not hold: after update 10 an output differs by 1e-3, and 1e-8 is allowed; rounding alone makes 1e-12")]
    [InlineData(1e-12, 1e-3, "error: nothing can be said of exponential: after 10 updates rounding alone drives two runs apart by 1e-3, more than 1e-9, a tenth of what is allowed; ")]
    public void Verify_ClaimThatDoesNotHoldOrCannotBeJudged_ASentenceAndExitCode1(double function, double rounding, string sentence)
    {
        using var harness = new Harness { VerifyScript = (_, listener, cancellation) => ScriptedVerify.Tell(ScriptedVerify.Outcome((function, rounding)), listener, cancellation) };

        Assert.Equal(1, harness.Run([.. Exponential, "--csv", Path.Combine(_folder, "a.csv")]));
        Assert.StartsWith(sentence, harness.Error, StringComparison.Ordinal);
        Assert.Contains("largest difference  rewritten", harness.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("holds", harness.Output, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_folder, "a.csv")).Length);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Verify_Interrupted_WhatWasComparedIsShownAndWritten(PosixSignal signal, int code)
    {
        using var harness = Interrupted(signal, ScriptedVerify.Holding);
        var csv = Path.Combine(_folder, "part.csv");

        Assert.Equal(code, harness.Run([.. Exponential, "--csv", csv]));
        Assert.Equal($"interrupted after 30 updates{Environment.NewLine}", harness.Error);
        Assert.EndsWith("exponential holds over the first 30 updates: no output differs by more than 4e-15, and 1e-8 is allowed\n", harness.Output, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadAllLines(csv).Length);
    }

    [Fact]
    public void Verify_InterruptedBeforeTheFirstUpdate_NothingIsWritten()
    {
        using var harness = Interrupted(PosixSignal.SIGINT, ScriptedVerify.Outcome());

        Assert.Equal(130, harness.Run([.. Exponential, "--csv", Path.Combine(_folder, "none.csv")]));
        Assert.Equal($"interrupted before the first update; nothing was compared{Environment.NewLine}", harness.Error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("--precision|half", "--precision is 'half'; it must be float64 or float32.")]
    [InlineData("--updates|many", "--updates is 'many'; it must be a whole number of at most 2147483647, for instance --updates 300.")]
    [InlineData("--updates|0", "--updates is 0; it must be at least 1, for instance --updates 300.")]
    [InlineData("--tolerance|small", "--tolerance is 'small'; it must be a number, for instance --tolerance 1e-8.")]
    [InlineData("--lr|auto", "--lr is 'auto', which is found before a run; give a rate to verify with, for instance --lr 0.1.")]
    [InlineData("--name|first", "Unknown flag '--name'; 'rubato verify --help' lists what there is.")]
    [InlineData("--csv|", "--csv is empty; name a file, for instance --csv verify.csv.")]
    public void Verify_WordsThatCannotBeUsed_OneSentence(string line, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run([.. Exponential, .. line.Split('|')]));
        Assert.StartsWith($"error: {sentence}{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
        Assert.Empty(harness.Output);
        Assert.Null(harness.AskedVerify);
    }

    [Fact]
    public void Verify_SeveralMistakes_AllReportedAtOnce()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("verify", "--every", "0", "--batch", "0", "--csv", _folder));
        Assert.Equal(
            $"""
            error: --every is 0; it must be at least 1, for instance --every 10.
            error: --rewrite is missing; name the rewrite to verify, for instance --rewrite exponential.
            error: --batch is 0; it must be a whole number of at least 1, for instance --batch 256.
            error: --csv is '{_folder}', which is a folder; name a file, for instance --csv {_folder}/verify.csv.

            """,
            harness.Error);
    }

    [Theory]
    [InlineData("exponential", 0, "exponential holds over all 24 updates: ")]
    [InlineData("texp--", 0, "texp-- holds over all 24 updates, compared with the plan with a constant rate and a weight decay that is reduced in each phase instead: ")]
    [InlineData("texp(corrections none)", 1, "error: texp(corrections none) does not hold: after update ")]
    public void Verify_RealRuns_Verdict(string rewrite, int code, string start)
    {
        using var harness = new Harness { VerifyScript = Sessions.Verify };

        Assert.Equal(
            code,
            harness.Run(
                "verify", "--data", "glyphs(train 256, test 32)", "--network", "mlp(12, norm batch)", "--batch", "32", "--epochs", "3", "--lr", "step(0.05, gamma 0.3, every 1ep)",
                "--weight-decay", "5e-3", "--every", "8", "--threads", "1", "--device", "cpu", "--quiet", "--rewrite", rewrite));
        Assert.StartsWith(start, harness.Output + harness.Error, StringComparison.Ordinal);
    }

    private static Harness Interrupted(PosixSignal signal, VerificationOutcome outcome)
    {
        Harness? harness = null;
        harness = new Harness
        {
            VerifyScript = (_, listener, cancellation) =>
            {
                harness?.Interruption.Receive(signal);
                return ScriptedVerify.Tell(outcome, listener, cancellation);
            },
        };
        return harness;
    }

    // Blanks at the ends of lines are the console library's.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
