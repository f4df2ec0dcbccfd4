using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Console;

/// <summary>What is wrong with the words of a command line, one sentence each.</summary>
internal static class Complaints
{
    /// <summary>Looks through a parsed command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>Sentences; empty where it can be run.</returns>
    internal static IReadOnlyList<string> About(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(parsed.CommandResult));
        var sentences = new List<string>();
        var swallowed = false;
        foreach (var given in parsed.CommandResult.Children.OfType<OptionResult>().Where(given => !given.Implicit))
        {
            var name = given.Option.Name;
            if (given.IdentifierTokenCount > 1)
            {
                sentences.Add($"{name} is given {given.IdentifierTokenCount} times; give it once.");
            }
            else if (given.Option.Arity.MinimumNumberOfValues > 0 && given.Tokens is [] or [{ Value: ['-', '-', ..] }])
            {
                swallowed |= given.Tokens.Count > 0;
                sentences.Add($"{name} needs a value, for instance {name} {Example(given.Option)}.");
            }
        }

        var missing = parsed.CommandResult.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 });
        if (missing.Any())
        {
            sentences.Add(
                $"'{path}' needs {string.Join(" and ", missing.Select(argument => argument.Name))}; "
                + $"'{path} --help' has an example.");
        }

        // An argument that takes any number of words takes unknown flags, too.
        sentences.AddRange(
            from argument in parsed.CommandResult.Children.OfType<ArgumentResult>()
            from token in argument.Tokens
            where token.Value is ['-', '-', ..]
            select Unknown(token.Value, command, path));

        // A word that follows an unknown flag, or a flag that was taken for a value, is that flag's.
        var afterFlag = swallowed;
        foreach (var token in parsed.UnmatchedTokens)
        {
            var isFlag = token.StartsWith('-');
            if (isFlag || !afterFlag)
            {
                sentences.Add(Unknown(token, command, path));
            }

            afterFlag = isFlag && !token.Contains('=', StringComparison.Ordinal);
        }

        if (sentences.Count == 0)
        {
            sentences.AddRange(parsed.Errors.Select(error => error.Message));
        }

        return sentences;
    }

    private static string Unknown(string token, Command command, string path)
    {
        var help = $"'{path} --help' lists what there is.";
        if (token.StartsWith('-'))
        {
            var flag = token.Split('=')[0];
            return $"Unknown flag '{flag}'; {DidYouMean.Question(flag, Flags(command), help)}";
        }

        return command.Subcommands.Count > 0
            ? $"Unknown command '{token}'; {DidYouMean.Question(token, command.Subcommands.Select(sub => sub.Name), help)}"
            : $"Unexpected word '{token}'; values follow their flags, and one with spaces needs quotes.";
    }

    private static IEnumerable<string> Flags(Command command) =>
        command.Options.Where(option => option is not HelpOption).Select(option => option.Name).Append("--help").Append("--verbose");

    private static string Example(Option option) =>
        TrainSettingTable.Find(option.Name.TrimStart('-'))?.Help.Example ?? option.HelpName ?? "VALUE";

    private static IEnumerable<string> Path(CommandResult? command) =>
        command is null ? [] : Path(command.Parent as CommandResult).Append(command.Parent is null ? "rubato" : command.Command.Name);
}
