using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Settings;
using Rubato.Torch;

namespace Rubato.Cli.Commands;

/// <summary>The flags of <c>rubato verify</c>: those of a training, which <c>rubato train</c> has as well, and its own.</summary>
internal sealed class VerifyFlags
{
    private static readonly string[] OfTrainingOnly =
        ["measure-noise", "best", "stop-early", "save-every", "keep", "out", "name"];

    private static readonly (string Name, string Example)[] Own =
        [("precision", "float32"), ("updates", "300"), ("every", "10"), ("probe", "256"), ("tolerance", "1e-8"), ("csv", "verify.csv")];

    private readonly SettingFlags _training;
    private readonly Dictionary<string, Option<string>> _own = new(StringComparer.Ordinal);
    private readonly Option<bool> _quiet = new("--quiet") { Arity = ArgumentArity.Zero };

    /// <summary>Adds the flags to a command.</summary>
    internal VerifyFlags(Command command)
    {
        _training = new SettingFlags(command, Settings);
        foreach (var (name, example) in Own)
        {
            _own.Add(name, command.AddText("--" + name, example));
        }

        command.Add(_quiet);
    }

    /// <summary>The settings of a training that have a flag here, too.</summary>
    internal static IEnumerable<TrainSetting> Settings =>
        TrainSettingTable.All.Where(setting => !OfTrainingOnly.Contains(setting.Name, StringComparer.Ordinal));

    /// <summary>The files that are read, with their flags.</summary>
    internal (string Flag, string Path)[] FilesRead(ParseResult parsed) => _training.FilesOf(parsed);

    /// <summary>Whether a line is all that is wanted.</summary>
    internal bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>The file that the points are written to; null for none.</summary>
    internal string? Csv(ParseResult parsed) => TextOf(parsed, "csv");

    /// <summary>Reads every flag.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>What is asked for; not all of it where there are findings.</returns>
    internal VerifySettings Read(ParseResult parsed, List<Finding> findings)
    {
        int? Whole(string name) => FlagNumbers.Whole(name, TextOf(parsed, name), _own[name].HelpName, findings);
        var usual = new VerifySettings();
        var settings = usual with
        {
            Training = _training.Read(parsed, findings),
            Closeness = new VerificationSettings
            {
                IsDouble = IsDouble(parsed, findings),
                Updates = Whole("updates"),
                Every = Whole("every") ?? usual.Closeness.Every,
                Probe = Whole("probe") ?? usual.Closeness.Probe,
                Tolerance = FlagNumbers.Number("tolerance", TextOf(parsed, "tolerance"), _own["tolerance"].HelpName, findings),
            },
        };
        findings.AddRange(VerifySettingsValidator.FindingsIn(settings));
        return settings;
    }

    private bool IsDouble(ParseResult parsed, List<Finding> findings)
    {
        var text = TextOf(parsed, "precision");
        if (text is not (null or "float64" or "float32"))
        {
            findings.Add($"--precision is '{text}'; it must be float64 or float32.");
        }

        return text is not "float32";
    }

    private string? TextOf(ParseResult parsed, string name) => parsed.GetValue(_own[name]);
}
