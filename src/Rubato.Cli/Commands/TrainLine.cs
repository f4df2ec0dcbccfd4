using System.CommandLine;
using System.Text;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Commands;

/// <summary>Command lines of <c>rubato train</c>, to be copied into a shell.</summary>
internal static class TrainLine
{
    /// <summary>The line that trains with a rate, and otherwise as a range test did.</summary>
    /// <param name="command">The command as it was called.</param>
    /// <param name="parsed">The command line of the range test.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="momentum">Takes the place of the list of <c>--momentum</c>; null where none was given.</param>
    /// <param name="weightDecay">The same of <c>--weight-decay</c>.</param>
    /// <param name="rate">The value of <c>--lr</c>.</param>
    /// <param name="run">The value of <c>--name</c>; null for none.</param>
    /// <returns>One line.</returns>
    internal static string Of(
        string command, ParseResult parsed, FindFlags flags, string? momentum, string? weightDecay, string rate, string? run = null)
    {
        var line = new StringBuilder($"{command} train");
        void Add(string name, string? text)
        {
            if (text is null)
            {
                return;
            }

            line.Append(" --").Append(name);
            if (text != "true" || TrainSettingTable.Find(name) is not { IsSwitch: true })
            {
                line.Append(' ').Append(ShellWord.Quoted(text));
            }
        }

        Add("config", flags.Training.FileOf(parsed));
        foreach (var name in FindFlags.OfTraining)
        {
            var given = flags.Training.TextOf(parsed, name);
            var chosen = name switch
            {
                "momentum" => momentum ?? given,
                "weight-decay" => weightDecay ?? given,
                _ => given,
            };
            Add(name, given is null ? null : chosen);
        }

        Add("lr", rate);
        Add("name", run);
        return line.ToString();
    }
}
