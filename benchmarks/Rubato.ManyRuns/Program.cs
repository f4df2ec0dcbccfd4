using System.Text.Json.Nodes;
using Rubato.Cli;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Cli.Launching;
using Rubato.Cli.Settings;
using Rubato.ManyRuns;
using Rubato.Torch;
using Spectre.Console;

// Trains many runs one after another in one process, since most of a small run is the start of its process.
if (args.Length != 1 || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("many-runs: say the file that receives the summaries; lines NAME|FLAGS of rubato train come from the input.");
    return 2;
}

var path = Path.GetFullPath(args[0]);
var claims = Directory.CreateDirectory(path + ".claims").FullName;
var results = new Results(path);
using var interruption = new Interruption(() => { });
using (interruption.Listen())
{
    while (!interruption.Token.IsCancellationRequested && Console.In.ReadLine() is { } line)
    {
        if (line.Length == 0)
        {
            continue;
        }

        if (line.Split('|', 2) is not [var name, var flags])
        {
            Console.Error.WriteLine($"many-runs: '{line}' is not NAME|FLAGS.");
            return 2;
        }

        // Asked once it is claimed: another process may have made it a moment ago.
        using var claim = HeldFile.TryOpen(Path.Combine(claims, name.Replace('/', '~')), FileOptions.DeleteOnClose);
        if (claim is not null && !results.Has(name) && Train(name, flags) is { } result)
        {
            results.Add(result);
        }
    }
}

return interruption.Token.IsCancellationRequested ? interruption.ExitCode : 0;

// Null where it was interrupted.
JsonObject? Train(string name, string flags)
{
    var folder = Directory.CreateTempSubdirectory("rubato-many-").FullName;
    try
    {
        using var said = new StringWriter();
        var environment = new CommandEnvironment
        {
            Output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said) }),
            IsTerminal = false,
            Error = said,
            // Nothing of a run but its summary is kept.
            Train = (settings, listener, time, cancellation) =>
                Sessions.Train(settings with { SaveEvery = SaveInterval.Never }, listener, time, cancellation),
            Launch = WatchedLaunch.Start,
            Find = Sessions.Find,
            Verify = Sessions.Verify,
            Fetch = DataCommand.FetchAsync,
            Time = TimeProvider.System,
            Interruption = interruption,
            Command = "rubato",
            Verbose = false,
        };
        string[] words = ["train", .. ShellWords.Split(flags), "--threads", "1", "--quiet", "--out", folder, "--name", "run"];
        var code = CommandLine.Run(words, environment);
        if (interruption.Token.IsCancellationRequested)
        {
            return null;
        }

        if (code != 0)
        {
            Console.Error.WriteLine($"{name}: {said.ToString().TrimEnd()}");
        }

        var summary = Path.Combine(folder, "run", "summary.json");
        return new JsonObject
        {
            ["name"] = name,
            ["flags"] = flags,
            ["exit"] = code,
            ["said"] = code == 0 ? null : said.ToString(),
            ["summary"] = File.Exists(summary) ? JsonNode.Parse(File.ReadAllText(summary)) : null,
        };
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
