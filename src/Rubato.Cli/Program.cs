using Rubato;
using Rubato.Cli;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Cli.Launching;
using Rubato.Cli.Settings;
using Rubato.Torch.Parallel;
using Spectre.Console;

// Before the first use of Spectre's console, which keeps the writer.
Console.SetOut(StandardWriter.ForOutput(Console.Out));
Console.SetError(StandardWriter.ForErrors(Console.Error));
var errors = Console.Error;
var process = new OwnProcess(Started(), errors, Environment.GetEnvironmentVariable(LauncherWords.Variable), Peers.Join);
if (!process.IsFirst)
{
    Console.SetOut(TextWriter.Null);
    Console.SetError(TextWriter.Null);
}

var output = AnsiConsole.Console;
var isTerminal = !process.HasOthers
    && output.Profile.Out.IsTerminal
    && output.Profile.Capabilities is { Ansi: true, Interactive: true }
    && Environment.GetEnvironmentVariable("TERM") is not "dumb";
using var interruption = new Interruption(() =>
{
    if (isTerminal)
    {
        output.Cursor.Show(show: true);
    }
});
using (interruption.Listen())
{
    if (process is { IsFirst: true, IsWatched: true })
    {
        interruption.Obey(Console.In);
    }

    var environment = new CommandEnvironment
    {
        Output = output,
        IsTerminal = isTerminal,
        Error = Console.Error,
        Train = (settings, listener, time, cancellation) =>
            Sessions.Train(settings, process.Join(), interruption.SaveRequest, listener, time, cancellation),
        Launch = (environment, launch) =>
            new MpiRun(environment, launch.Request, launch.Folder).Run(launch.Arguments, launch.IsVerbose),
        Process = process,
        Find = (settings, listener, time, cancellation) => Sessions.Find(settings, process.Join(), listener, time, cancellation),
        Verify = (settings, listener, cancellation) => Sessions.Verify(settings, process.Join(), listener, cancellation),
        Fetch = DataCommand.FetchAsync,
        Time = TimeProvider.System,
        Interruption = interruption,
        Command = Environment.GetEnvironmentVariable("RUBATO_COMMAND") is { Length: > 0 } called ? TrainLine.Quoted(called) : "rubato",
        Verbose = Environment.GetEnvironmentVariable("RUBATO_DEBUG") == "1",
    };
    return CommandLine.Run(args, environment);
}

// Half a set of a launcher's variables is reported where the processes are joined.
static Launch? Started()
{
    try
    {
        return Launch.Find();
    }
    catch (InvalidInputException)
    {
        return null;
    }
}
