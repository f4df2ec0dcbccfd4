using Rubato.Cli;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;
using Rubato.Torch.Parallel;
using Spectre.Console;

// Before the first use of Spectre's console, which keeps the writer.
Console.SetOut(StandardWriter.ForOutput(Console.Out));
Console.SetError(StandardWriter.ForErrors(Console.Error));
var output = AnsiConsole.Console;
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
using (interruption.Listen())
{
    var environment = new CommandEnvironment
    {
        Output = output,
        IsTerminal = isTerminal,
        Error = Console.Error,
        Train = (settings, listener, time, cancellation) =>
            Sessions.Train(settings, Alone.Instance, interruption.SaveRequest, listener, time, cancellation),
        Find = Sessions.Find,
        Verify = Sessions.Verify,
        Fetch = DataCommand.FetchAsync,
        Time = TimeProvider.System,
        Interruption = interruption,
        Command = Environment.GetEnvironmentVariable("RUBATO_COMMAND") is { Length: > 0 } called ? TrainLine.Quoted(called) : "rubato",
        Verbose = Environment.GetEnvironmentVariable("RUBATO_DEBUG") == "1",
    };
    return CommandLine.Run(args, environment);
}
