using System.CommandLine;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Configuration;

/// <summary>
/// Flags of a command that are settings of a run: <c>--NAME VALUE</c>, and <c>--config FILE.yaml</c>, which they override.
/// </summary>
internal sealed class SettingFlags
{
    private readonly List<(TrainSetting Setting, Option<string> Option)> _flags;
    private readonly Option<string> _config = new("--config") { Arity = ArgumentArity.ExactlyOne, HelpName = "FILE.yaml" };

    /// <summary>Adds the flags to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">The settings that have a flag there.</param>
    internal SettingFlags(Command command, IEnumerable<TrainSetting> settings)
    {
        _flags = [.. settings.Select(setting => (setting, FlagOf(setting)))];
        _flags.ForEach(flag => command.Add(flag.Option));
        command.Add(_config);
    }

    /// <summary>The file that stands behind the flags; null for none.</summary>
    internal string? FileOf(ParseResult parsed) => parsed.GetValue(_config);

    /// <summary>The file with its flag, as a command's other files are checked against it; none where it is not given.</summary>
    internal (string Flag, string Path)[] FilesOf(ParseResult parsed) => FileOf(parsed) is { } file ? [("--config", file)] : [];

    /// <summary>A flag's text; null where it is not given.</summary>
    internal string? TextOf(ParseResult parsed, string name) =>
        _flags.Find(flag => flag.Setting.Name == name) is var flag ? TextOf(parsed, flag.Setting, flag.Option) : null;

    /// <summary>Defaults, then the file, then the flags.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <param name="except">Settings whose flags the command reads itself.</param>
    /// <returns>The settings with what could be used; their ranges are not checked.</returns>
    internal TrainSettings Read(ParseResult parsed, List<Finding> findings, params ReadOnlySpan<string> except) =>
        ReadOver(FileOf(parsed), parsed, findings, except);

    /// <summary>Defaults, then a file that is no flag's, then the flags.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <param name="except">Settings whose flags the command reads itself.</param>
    /// <returns>The settings with what could be used; their ranges are not checked.</returns>
    internal TrainSettings ReadOver(string? file, ParseResult parsed, List<Finding> findings, params ReadOnlySpan<string> except)
    {
        var settings = new TrainSettings();
        if (file is not null)
        {
            settings = ConfigurationFile.Read(file, settings, findings);
        }

        var given = _flags
            .Select(flag => (flag.Setting, Text: TextOf(parsed, flag.Setting, flag.Option)))
            .Where(flag => flag.Text is not null)
            .ToList();
        settings = Superseding.Of(settings, [.. given.Select(flag => flag.Setting.Name)]);
        foreach (var (setting, text) in given)
        {
            if (except.Contains(setting.Name))
            {
                continue;
            }

            settings = Set(settings, setting, text, findings);
            if (setting.Name == "lr" && settings.LearningRate is { } rate)
            {
                settings = Superseding.WithRate(settings, rate);
            }
        }

        return settings;
    }

    private static Option<string> FlagOf(TrainSetting setting) =>
        new("--" + setting.Name) { Arity = setting.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne };

    private static TrainSettings Set(TrainSettings settings, TrainSetting setting, string? text, List<Finding> findings)
    {
        try
        {
            if (setting.TrySet(settings, text, $"--{setting.Name}", out var changed))
            {
                return changed;
            }

            findings.Add($"--{setting.Name} is '{text}'; it must be {setting.Kind}, for instance {setting.ExampleFlag}.");
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }

        return settings;
    }

    // A switch that is given without a value is on.
    private static string? TextOf(ParseResult parsed, TrainSetting setting, Option<string> option) =>
        parsed.GetValue(option) ?? (setting.IsSwitch && parsed.GetResult(option) is not null ? "true" : null);
}
