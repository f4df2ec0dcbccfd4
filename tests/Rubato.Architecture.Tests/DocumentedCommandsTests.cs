using System.Collections.Immutable;
using Rubato.Cli;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.RangeTests;
using Spectre.Console;

namespace Rubato.Architecture.Tests;

public sealed class DocumentedCommandsTests
{
    public static TheoryData<string> Lines =>
        [.. DocumentedCommands.Pages.SelectMany(page => DocumentedCommands.In(Repository.Read(page))).Select(words => string.Join('\n', words)).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void CommandLine_OfAPage_IsAccepted(string line)
    {
        var words = line.Split('\n');
        var (code, _, errors, asked) = Run(words);
        Assert.True(code == 0, errors);
        Assert.Empty(asked is null ? [] : TrainSettingsValidator.FindingsIn(asked));
        Assert.Equal(words[0] == "train" && !words.Contains("--help", StringComparer.Ordinal), asked is not null);
    }

    /// <summary>The last block of text on a page of plans is what the page's first command prints.</summary>
    [Theory]
    [InlineData("docs/plan.md")]
    [InlineData("docs/rewrites.md")]
    public void Output_OnAPageOfPlans_IsWhatTheCommandPrints(string name)
    {
        var page = Repository.Read(name);

        Assert.Equal(DocumentedCommands.Blocks(page, "text").Last(), Run([.. DocumentedCommands.In(page).First()]).Output);
    }

    [Fact]
    public void Output_OnThePageOfExponentialRates_IsWhatTheCommandPrints()
    {
        var page = Repository.Read("docs/exponential.md");

        Assert.Contains(Run([.. DocumentedCommands.In(page).First()]).Output, DocumentedCommands.Blocks(page, "text"));
    }

    [Fact]
    public void Output_OnThePageOfTheNoiseScale_IsWhatTheCommandPrints()
    {
        var page = Repository.Read("docs/noise-scale.md");
        var (code, output, _, _) = Run(["noise", "noise.jsonl"]);

        Assert.Equal(0, code);
        Assert.Contains(output, DocumentedCommands.Blocks(page, "text"));
    }

    /// <summary>What a page reads from the sources is there for everyone who has them.</summary>
    [Fact]
    public void Files_OfTheSamples_AreThere()
    {
        string[] named = [.. Lines.SelectMany(line => line.Data.Split('\n')).Where(word => word.Contains("samples/", StringComparison.Ordinal)).Distinct()];
        Assert.Equal(5, named.Length);
        Assert.All(named, word => Assert.True(File.Exists(Path.Combine(Repository.Root, word[word.IndexOf("samples/", StringComparison.Ordinal)..])), word));
    }

    /// <summary>The page says which answers a log of averages has, as it is and undone.</summary>
    [Theory]
    [InlineData("base_lr 0.15, max_lr 0.58 by lowest", "find", "--from", "samples/data/sweep.csv", "--quiet")]
    [InlineData("base_lr 0.53, max_lr 2.1 by lowest", "find", "--from", "samples/data/lightning.csv", "--quiet")]
    [InlineData("base_lr 0.15, max_lr 0.58 by lowest", "find", "--from", "samples/data/lightning.csv", "--averaged", "0.98", "--quiet")]
    public void Output_OfARecordedRangeTest_IsTheAnswer(string answer, params string[] words) =>
        Assert.StartsWith(answer, Run(words).Output, StringComparison.Ordinal);

    [Fact]
    public void CommandLine_WithAnUnknownFlag_IsNotAccepted() => Assert.Equal(2, Run(["train", "--pace", "3"]).Code);

    [Fact]
    public void Pages_HaveCommandLines() => Assert.Contains("train", Lines.Select(line => line.Data));

    [Theory]
    [InlineData("./rubato train  # trains", "./rubato|train")]
    [InlineData("A=b ./rubato train --network \"mlp(256, 128)\"", "A=b|./rubato|train|--network|mlp(256, 128)")]
    [InlineData("# ./rubato", "")]
    public void Words_Line_SplitsAsAShellDoes(string line, string expected) => Assert.Equal(expected, string.Join('|', DocumentedCommands.Words(line)));

    /// <summary>
    /// Runs the real command line up to the training, in place of which the settings are kept. A configuration file is the page's own; files
    /// are written to a folder of the test's, where the samples' data lie to be read; and a plan file that is read is written first by the command that does so.
    /// </summary>
    private static (int Code, string Output, string Errors, TrainSettings? Asked) Run(string[] words)
    {
        var folder = Directory.CreateTempSubdirectory("rubato-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "page.yaml"), DocumentedCommands.Blocks(Repository.Read("README.md"), "yaml").Single());
            CopySamples(folder);
            WriteNoise(Path.Combine(folder, "noise.jsonl"));
            WriteSteps(Path.Combine(folder, "runs/decay"), _ => null);
            WriteSteps(Path.Combine(folder, "runs/growing"), step => -1 + (step / 100.0));
            foreach (var run in (string[])["night", "shared"])
            {
                WriteSteps(Path.Combine(folder, "runs", run), _ => null);
                File.WriteAllText(Path.Combine(folder, "runs", run, "config.yaml"), "epochs: 2\n");
            }

            foreach (var (_, plan) in words.Zip(words.Skip(1)).Where(pair => pair.Second.EndsWith(".json", StringComparison.Ordinal) && pair.First != "--json"))
            {
                string[] writer = Lines.Select(line => line.Data.Split('\n')).First(line => line.Contains("--json", StringComparer.Ordinal) && line[^1] == plan);
                Assert.Equal(0, Run(writer, folder).Code);
            }

            return Run(words, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopySamples(string folder)
    {
        var to = Directory.CreateDirectory(Path.Combine(folder, "samples/data")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples/data")))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static (int Code, string Output, string Errors, TrainSettings? Asked) Run(string[] words, string folder)
    {
        TrainSettings? asked = null;
        RunSummary Train(TrainSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
        {
            asked = settings;
            return Summary(settings);
        }

        using var error = new StringWriter();
        using var output = new StringWriter();
        using var interruption = new Interruption(() => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 80;
        console.Profile.Capabilities.Unicode = true;
        var environment = new CommandEnvironment
        {
            Output = console,
            IsTerminal = false,
            Error = error,
            Train = Train,

            // This process alone, as a machine may have no launcher.
            Launch = (_, words, _, environment) => CommandLine.Run(words, environment),
            Find = Find,
            Verify = Verify,
            Fetch = (_, _, _, _, _) => Task.FromResult(ImmutableArray<string>.Empty),
            Time = TimeProvider.System,
            Interruption = interruption,
        };
        var code = CommandLine.Run([.. words.Select(word => InFolder(word, folder))], environment);
        return (code, output.ToString(), error.ToString(), asked);
    }

    /// <summary>A noise scale that grows from 50 to 1,500 while the batch is doubled twice.</summary>
    private static void WriteNoise(string file)
    {
        using var log = new NoiseLog(() => File.Create(file));
        var samples = 0L;
        for (var i = 0; i < 90; i++)
        {
            var batch = 64L << (i / 30);
            samples += 10 * batch;
            log.Append(new NoiseRecord(10 * (i + 1), samples, batch, 0.5, 25 * Math.Pow(30, i / 89.0) * (i % 2 == 0 ? 1.2 : 0.8)));
        }
    }

    /// <summary>A run of constant rates, with an effective rate at every tenth update.</summary>
    private static void WriteSteps(string run, Func<int, double?> exponential)
    {
        using var log = new StepLog(File.Create(Path.Combine(Directory.CreateDirectory(run).FullName, "steps.jsonl")));
        for (var step = 1; step <= 100; step++)
        {
            log.Append(new StepRecord
            {
                Step = step,
                Samples = 128 * step,
                Epoch = step / 100.0,
                Loss = 1,
                LearningRate = 0.1,
                BatchSize = 128,
                Momentum = 0.9,
                WeightDecay = 5e-4,
                GradientNorm = 1,
                Seconds = step,
                EffectiveRate = step % 10 == 1 ? 0.01 : double.NaN,
                ExponentialRateLog10 = exponential(step),
            });
        }
    }

    /// <summary>Losses of a rate that rises, with a valley at 0.1.</summary>
    private static RangeCurve Sweep { get; } =
        new([.. Enumerable.Range(0, 100).Select(i => new RangePoint(i + 1, 1e-5 * Math.Pow(10, 0.06 * i), 1 + Math.Abs((0.06 * i) - 4)))], RangeEnd.Completed);

    private static MeasuredRange Find(FindSettings settings, Listener listener, TimeProvider time, CancellationToken cancellation)
    {
        Assert.Empty(FindSettingsValidator.FindingsIn(settings));
        var suggestion = RangeSuggestion.Of([Sweep], new RangeSuggestionSettings { BatchSize = 128 });
        return new MeasuredRange(new RangeTestOutcome(
            new RangeTest(1e-5, 10, 100), [new RangeVariant(0.9, 0, [Sweep], suggestion)], IsInterrupted: false, 128, 1_000, 0, 12_800, 1), settings.Training);
    }

    private static VerificationOutcome Verify(VerifySettings settings, Listener listener, CancellationToken cancellation)
    {
        Assert.Empty(VerifySettingsValidator.FindingsIn(settings));
        var run = new VerificationDescription
        {
            Data = settings.Training.Data,
            TrainSamples = 1,
            Network = settings.Training.Network,
            Parameters = 1,
            Optimizer = "sgd",
            LearningRate = "0.1",
            Rewrite = settings.Training.Rewrite.ToString(),
            Exponential = new ExponentialRecord("exponential", 1, 0, null),
            Updates = 1,
            Tolerance = 1e-8,
            IsDouble = settings.Closeness.IsDouble,
            Probe = 1,
        };
        return new VerificationOutcome(run, [new VerifiedPoint(1, 1, 0, 1e-16, 1e-16, 1e-16)], [], 0, VerificationEnd.Completed);
    }

    private static string InFolder(string word, string folder) => Path.GetExtension(word) switch
    {
        ".yaml" => Path.Combine(folder, "page.yaml"),
        ".json" or ".jsonl" or ".svg" or ".csv" or ".txt" when !word.Contains(':', StringComparison.Ordinal) => Path.Combine(folder, word),
        "" when word.StartsWith("runs/", StringComparison.Ordinal) => Path.Combine(folder, word),
        _ => word,
    };

    private static RunSummary Summary(TrainSettings settings) => new()
    {
        Status = RunStatus.Completed,
        TestAccuracy = 1,
        TestLoss = 0,
        TrainLoss = 0,
        Updates = 1,
        Samples = 1,
        Seconds = 1,
        PeakLearningRate = 0.1,
        Seed = settings.Seed,
        Data = settings.Data,
        DataHash = "00",
        Network = settings.Network,
        Parameters = 1,
        Optimizer = settings.Optimizer,
        Device = "cpu",
        Threads = 1,
        MemoryFormat = "contiguous",
        Versions = new Dictionary<string, string>(StringComparer.Ordinal),
    };
}
