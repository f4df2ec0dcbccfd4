using Rubato.Cli;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Cli.Launching;
using Rubato.Cli.Settings;
using Rubato.Processes;
using Rubato.Torch;
using Rubato.Torch.Parallel;
using Rubato.Torch.Running;
using Spectre.Console;
using static TorchSharp.torch;

// Work for several processes under a launcher: runs whose decisions are kept by rank, and sums that are timed.
try
{
    return args switch
    {
        ["sums", .. var counts] => Sums(counts),
        ["train", var folder, "float32" or "float64", .. var flags] => Train(folder, args[2] == "float64", flags),
        _ => Complain(),
    };
}
catch (PeersException exception)
{
    if (exception.IsSaidHere)
    {
        Console.Error.WriteLine($"error: {exception.Message}.");
    }

    MpiPeers.Leave(ExitCodes.Failed);
    return ExitCodes.Failed;
}

static int Complain()
{
    Console.Error.WriteLine("processes: say 'sums COUNT...', or 'train FOLDER float32|float64 FLAGS...' with flags of rubato train.");
    return ExitCodes.InvalidInput;
}

static int Sums(string[] counts)
{
    using var peers = Peers.Join();
    Engine.Threads = 1;
    Timing.Sums(peers, [.. counts.Select(long.Parse)]);
    return ExitCodes.Done;
}

static int Train(string folder, bool isDouble, string[] flags)
{
    using var peers = Peers.Join();
    using var interruption = new Interruption(() => { });
    using (interruption.Listen())
    {
        using var said = new StringWriter();
        var decisions = new Decisions();
        var environment = new CommandEnvironment
        {
            Output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said) }),
            IsTerminal = false,
            Error = said,
            Train = (settings, listener, time, cancellation) => Engine.Run("training", () =>
            {
                var built = Agreement.Reach(peers, () => TaskBuilder.Build(settings));
                var target = built.Target;
                return TrainingSession.RunIn(
                    isDouble ? ScalarType.Float64 : ScalarType.Float32,
                    built.Task with { Peers = peers },
                    target with { Saving = target.Saving with { Request = interruption.SaveRequest } },
                    Listener.All(decisions, listener),
                    time,
                    cancellation);
            }),
            Launch = WatchedLaunch.Start,
            Find = Sessions.Find,
            Verify = Sessions.Verify,
            Fetch = DataCommand.FetchAsync,
            Time = TimeProvider.System,
            Interruption = interruption,
            Command = "rubato",
            Verbose = false,
        };
        var code = CommandLine.Run(["train", .. flags], environment);
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, $"rank-{peers.Rank}.txt"), decisions.Lines);
        if (peers.Rank == 0)
        {
            Console.Write(said);
        }

        return code;
    }
}
