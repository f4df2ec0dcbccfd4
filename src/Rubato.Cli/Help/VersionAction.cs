using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Rubato.Cli.Console;

namespace Rubato.Cli.Help;

/// <summary>Prints <c>rubato VERSION</c>.</summary>
internal sealed class VersionAction(TextWriter writer) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var assembly = typeof(VersionAction).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        // After the plus sign stands the commit that was built.
        writer.WriteLine($"rubato {version.Split('+')[0]}");
        return ExitCodes.Done;
    }
}
