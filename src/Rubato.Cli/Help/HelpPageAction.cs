using System.CommandLine;
using System.CommandLine.Invocation;
using Rubato.Cli.Console;

namespace Rubato.Cli.Help;

/// <summary>Prints the page of the command it was asked for: with <c>--verbose</c> the whole of it.</summary>
internal sealed class HelpPageAction(TextWriter writer, Option<bool> verbose) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var name = parseResult.CommandResult.Command.Name;
        writer.Write(parseResult.GetValue(verbose) ? HelpPages.Of(name) : ShortPages.Of(name) ?? HelpPages.Of(name));
        return ExitCodes.Done;
    }
}
