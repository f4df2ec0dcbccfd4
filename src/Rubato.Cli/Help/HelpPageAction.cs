using System.CommandLine;
using System.CommandLine.Invocation;
using Rubato.Cli.Console;

namespace Rubato.Cli.Help;

/// <summary>Prints the page of the command it was asked for.</summary>
internal sealed class HelpPageAction(TextWriter writer) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        writer.Write(HelpPages.Of(parseResult.CommandResult.Command.Name));
        return ExitCodes.Done;
    }
}
