using Rubato;
using Rubato.Cli;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Cli.Launching;
using Rubato.Cli.Settings;
using Rubato.Torch;
using Rubato.Torch.Parallel;
using Spectre.Console;

// Before the first use of Spectre's console, which keeps the writer.
Console.SetOut(StandardWriter.ForOutput(Console.Out));
Console.SetError(StandardWriter.ForErrors(Console.Error));
Launch? launch;
try
{
    launch = Launch.Find();
}
catch (InvalidInputException exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return ExitCodes.InvalidInput;
}

var process = new OneOfMany(launch);
var output = process.Speaks
    ? AnsiConsole.Console
    : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
var isTerminal = output.Profile.Out.IsTerminal
    && output.Profile.Capabilities is { Ansi: true, Interactive: true }
    && Environment.GetEnvironmentVariable("TERM") is not "dumb";
using var interruption = new Interruption(() =>
{
    if (isTerminal)
    {
        output.Cursor.Show(show: true);
    }
});
process.Obey(interruption);
using (interruption.Listen())
{
    var environment = new CommandEnvironment
    {
        Output = output,
        IsTerminal = isTerminal,
        Error = process.Speaks ? Console.Error : TextWriter.Null,
        Train = (settings, listener, time, cancellation) => Sessions.Train(
            settings,
            process.Peers,
            interruption.SaveRequest,
            process.Teller is { } teller ? Listener.All(teller, listener) : listener,
            time,
            cancellation),
        Launch = WatchedLaunch.Start,
        Find = (settings, listener, time, cancellation) => Sessions.Find(settings, process.Peers, listener, time, cancellation),
        Verify = (settings, listener, cancellation) => Sessions.Verify(settings, process.Peers, listener, cancellation),
        Fetch = DataCommand.FetchAsync,
        Time = TimeProvider.System,
        Interruption = interruption,
        Process = process,
        Command = Environment.GetEnvironmentVariable("RUBATO_COMMAND") is { Length: > 0 } called ? ShellWord.Quoted(called) : "rubato",
        Verbose = Environment.GetEnvironmentVariable("RUBATO_DEBUG") == "1",
    };
    return process.End(CommandLine.Run(args, environment));
}
