using System.Collections.Immutable;
using Rubato.Cli;
using Rubato.Runs.Records;
using Rubato.Training;
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
        var (code, errors, asked) = Run(words);
        Assert.True(code == 0, errors);
        Assert.Empty(asked is null ? [] : TrainSettingsValidator.FindingsIn(asked));
        Assert.Equal(words[0] == "train" && !words.Contains("--help", StringComparer.Ordinal), asked is not null);
    }

    [Fact]
    public void CommandLine_WithAnUnknownFlag_IsNotAccepted() => Assert.Equal(2, Run(["train", "--pace", "3"]).Code);

    [Fact]
    public void Pages_HaveCommandLines() => Assert.Contains("train", Lines.Select(line => line.Data));

    [Theory]
    [InlineData("./rubato train  # trains", "./rubato|train")]
    [InlineData("A=b ./rubato train --network \"mlp(256, 128)\"", "A=b|./rubato|train|--network|mlp(256, 128)")]
    [InlineData("# ./rubato", "")]
    public void Words_Line_SplitsAsAShellDoes(string line, string expected) => Assert.Equal(expected, string.Join('|', DocumentedCommands.Words(line)));

    /// <summary>Runs the real command line up to the training, in place of which the settings are kept. A configuration file is the page's own.</summary>
    private static (int Code, string Errors, TrainSettings? Asked) Run(string[] words)
    {
        TrainSettings? asked = null;
        RunSummary Train(TrainSettings settings, ITrainingListener listener, TimeProvider time, CancellationToken cancellation)
        {
            asked = settings;
            return Summary(settings);
        }

        using var error = new StringWriter();
        using var output = new StringWriter();
        using var interruption = new Interruption(() => { });
        var file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        File.WriteAllText(file, DocumentedCommands.Blocks(Repository.Read("README.md"), "yaml").Single());
        try
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
            var environment = new CommandEnvironment(console, IsTerminal: false, error, Train, (_, _, _, _, _) => Task.FromResult(ImmutableArray<string>.Empty), TimeProvider.System, interruption);
            var code = CommandLine.Run([.. words.Select(word => word.EndsWith(".yaml", StringComparison.Ordinal) ? file : word)], environment);
            return (code, error.ToString(), asked);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static RunSummary Summary(TrainSettings settings) => new()
    {
        Status = "completed",
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
