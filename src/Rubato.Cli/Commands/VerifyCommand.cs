using System.CommandLine;
using System.Globalization;
using System.Text;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.Runs.Files;
using Rubato.Torch;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato verify</c>: runs a plan and its rewrite side by side, and says whether both train the same function.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var command = new Command("verify");
        var flags = new VerifyFlags(command);
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var settings = flags.Read(parsed, findings);
            var csv = flags.Csv(parsed);
            new OutputFiles("verify", [("--csv", csv)]).Check(findings, flags.FilesRead(parsed));
            if (findings.Count > 0)
            {
                throw new InvalidInputException([.. findings.Distinct()]);
            }

            var isQuiet = flags.IsQuiet(parsed);
            var outcome = Run(settings, environment, isQuiet);
            if (outcome is { End: VerificationEnd.Interrupted, Points.IsEmpty: true })
            {
                environment.Error.WriteLine("interrupted before the first update; nothing was compared");
                return environment.Interruption.ExitCode;
            }

            if (!isQuiet)
            {
                Show(outcome, environment);
            }

            return End(outcome, csv, isQuiet, environment);
        });
        return command;
    }

    private static VerificationOutcome Run(VerifySettings settings, CommandEnvironment environment, bool isQuiet)
    {
        VerificationOutcome Run(Listener listener) => environment.Verify(settings, listener, environment.Interruption.Token);
        return isQuiet ? Run(Listener.None)
            : environment.IsTerminal ? LiveVerify.Show(environment.Output, Run)
            : Run(new PlainVerify(environment.Output.Profile.Out.Writer, environment.Time));
    }

    private static void Show(VerificationOutcome outcome, CommandEnvironment environment)
    {
        var writer = environment.Output.Profile.Out.Writer;
        writer.WriteLine();
        if (VerifyChart.Of(outcome) is { } chart)
        {
            TerminalChart.Write(environment.Output, chart, environment.IsTerminal);
            writer.WriteLine();
        }

        writer.Write(VerifyReport.Of(outcome));
        writer.WriteLine();
    }

    private static int End(VerificationOutcome outcome, string? csv, bool isQuiet, CommandEnvironment environment)
    {
        var writer = environment.Output.Profile.Out.Writer;
        if (csv is not null && environment.Process.Speaks)
        {
            TextFile.Write(csv, Table(outcome));
            if (!isQuiet)
            {
                writer.WriteLine($"written: {csv}");
            }
        }

        var verdict = VerifyVerdict.Of(outcome);
        if (outcome.Holds is true)
        {
            writer.WriteLine(verdict);
        }
        else
        {
            environment.Error.WriteLine($"error: {verdict}");
        }

        if (outcome.End == VerificationEnd.Interrupted)
        {
            environment.Error.WriteLine($"interrupted after {TrainingText.Count(outcome.Points[^1].Update, "update")}");
            return environment.Interruption.ExitCode;
        }

        return outcome.Holds is true ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Table(VerificationOutcome outcome)
    {
        var text = new StringBuilder("update,loss,loss_difference,function_difference,direction_difference,rounding\n");
        foreach (var point in outcome.Points)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{point.Update},{point.Loss:R},{point.LossDifference:R},"
                + $"{point.FunctionDifference:R},{point.DirectionDifference:R},{point.Rounding:R}\n");
        }

        return text.ToString();
    }
}
