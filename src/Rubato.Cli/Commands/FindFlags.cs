using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Commands;

/// <summary>The flags of <c>rubato find</c>: those of a training, which <c>rubato train</c> has as well, and its own.</summary>
internal sealed class FindFlags
{
    /// <summary>Settings of a training that have a flag here, too.</summary>
    internal static readonly string[] OfTraining =
    [
        "data", "label", "held-out", "train-samples", "validation", "augment",
        "network", "init", "freeze", "freeze-last", "no-affine", "loss", "label-smoothing",
        "optimizer", "batch", "tail", "micro-batch", "ghost-batch", "momentum", "weight-decay",
        "clip-norm", "clip-value", "groups",
        "seed", "device", "threads",
    ];

    /// <summary>What says how the sweep is made, with an example each; nothing of a recorded curve.</summary>
    internal static readonly (string Name, string Example)[] OfSweep =
    [
        ("start-lr", "1e-5"), ("end-lr", "10"), ("spacing", "linear"),
        ("iterations", "300"), ("epochs", "0.5"), ("repeats", "3"), ("diverge-threshold", "4"),
        ("accuracy-every", "10"), ("accuracy-samples", "1000"),
    ];

    private static readonly (string Name, string Example)[] OfAnswer =
    [
        ("smoothing", "average"), ("rule", "lowest"), ("base-divisor", "3"),
        ("svg", "find.svg"), ("csv", "find.csv"), ("json", "find.json"), ("from", "find.csv"),
        (AveragedFlag.Name, AveragedFlag.Example),
    ];

    private readonly Dictionary<string, Option<string>> _own = new(StringComparer.Ordinal);
    private readonly Option<bool> _quiet = new("--quiet") { Arity = ArgumentArity.Zero };

    /// <summary>Adds the flags to a command.</summary>
    internal FindFlags(Command command)
    {
        Training = new SettingFlags(command, Settings);
        foreach (var (name, example) in OfSweep.Concat(OfAnswer))
        {
            _own.Add(name, new Option<string>("--" + name) { Arity = ArgumentArity.ExactlyOne, HelpName = example });
            command.Add(_own[name]);
        }

        command.Add(_quiet);
    }

    /// <summary>The settings of <see cref="OfTraining"/>.</summary>
    internal static IEnumerable<TrainSetting> Settings =>
        TrainSettingTable.All.Where(setting => OfTraining.Contains(setting.Name, StringComparer.Ordinal));

    /// <summary>The flags of <see cref="OfTraining"/>, and <c>--config</c>.</summary>
    internal SettingFlags Training { get; }

    /// <summary>The text of an own flag; null where it is not given.</summary>
    internal string? TextOf(ParseResult parsed, string name) => parsed.GetValue(_own[name]);

    /// <summary>Whether a line is all that is wanted.</summary>
    internal bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>Reads a number; its range is the business of <see cref="FindSettingsValidator"/>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The flag without its dashes.</param>
    /// <param name="findings">Receives a sentence where it cannot be used.</param>
    /// <returns>The number; null where the flag is not given, or cannot be used.</returns>
    internal double? Number(ParseResult parsed, string name, List<Finding> findings) =>
        FlagNumbers.Number(name, TextOf(parsed, name), _own[name].HelpName, findings);

    /// <summary>Reads a whole number in the same way.</summary>
    internal int? Whole(ParseResult parsed, string name, List<Finding> findings) =>
        FlagNumbers.Whole(name, TextOf(parsed, name), _own[name].HelpName, findings);
}
