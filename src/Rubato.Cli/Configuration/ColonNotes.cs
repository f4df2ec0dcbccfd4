using System.CommandLine;
using System.CommandLine.Parsing;
using Rubato.Language;

namespace Rubato.Cli.Configuration;

/// <summary>What to tell of options in the form of earlier versions, <c>norm: batch</c>, in flags and in the file behind them.</summary>
internal static class ColonNotes
{
    // What is written in the language; the others are numbers, words and paths.
    private static readonly string[] Names =
    [
        "lr", "batch", "momentum", "weight-decay", "groups", "rewrite", "data", "network", "optimizer",
        "smoothing", "controller", "cooldown", "PLAN",
    ];

    /// <summary>The notes on a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>Sentences, each once.</returns>
    internal static IEnumerable<string> On(ParseResult parsed) =>
        Texts(parsed).SelectMany(ColonOptions.NotesOn).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(ParseResult parsed)
    {
        foreach (var given in parsed.CommandResult.Children)
        {
            var name = given switch
            {
                OptionResult { Option.Name: var flag } => flag.TrimStart('-'),
                ArgumentResult { Argument.Name: var argument } => argument,
                _ => "",
            };
            foreach (var token in given.Tokens)
            {
                if (Names.Contains(name, StringComparer.Ordinal))
                {
                    yield return token.Value;
                }
                else if (name == "config")
                {
                    foreach (var (key, value) in ConfigurationFile.ValuesIn(token.Value))
                    {
                        if (Names.Contains(key, StringComparer.Ordinal))
                        {
                            yield return value;
                        }
                    }
                }
            }
        }
    }
}
