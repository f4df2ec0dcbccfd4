using System.CommandLine;

namespace Rubato.Cli.Commands;

/// <summary>Flags whose value is read by the command itself, so that all findings come at once.</summary>
internal static class TextFlags
{
    /// <summary>Adds a flag with one value.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">The flag with its dashes.</param>
    /// <param name="example">A value, for messages.</param>
    internal static Option<string> AddText(this Command command, string name, string example)
    {
        var option = new Option<string>(name) { Arity = ArgumentArity.ExactlyOne, HelpName = example };
        command.Add(option);
        return option;
    }
}
