using System.CommandLine;
using Rubato.Cli.Commands;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests;

/// <summary>Findings as the commands with the settings' flags print them.</summary>
internal static class Shown
{
    private static readonly Command Train = WithTrainFlags();
    private static readonly Command Find = WithFindFlags();
    private static readonly Command Verify = WithVerifyFlags();

    public static string ByTrain(Finding finding) => FindingText.Of(finding, Train);

    public static string ByFind(Finding finding) => FindingText.Of(finding, Find);

    public static string ByVerify(Finding finding) => FindingText.Of(finding, Verify);

    private static Command WithTrainFlags()
    {
        var command = new Command("train");
        _ = new SettingFlags(command, TrainSettingTable.All);
        return command;
    }

    private static Command WithFindFlags()
    {
        var command = new Command("find");
        _ = new FindFlags(command);
        return command;
    }

    private static Command WithVerifyFlags()
    {
        var command = new Command("verify");
        _ = new VerifyFlags(command);
        return command;
    }
}
