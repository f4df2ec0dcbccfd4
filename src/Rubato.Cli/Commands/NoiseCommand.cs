using System.CommandLine;
using System.Globalization;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Runs.Noise;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato noise</c>: draws the noise scale that was measured over a run.</summary>
internal static class NoiseCommand
{
    private const int Rows = 15;

    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var run = new Argument<string>("RUN");
        var command = new Command("noise") { run };
        var average = command.AddText("--average", "100");
        var svg = command.AddText("--svg", "noise.svg");
        var csv = command.AddText("--csv", "noise.csv");
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var files = new OutputFiles("noise", [("--svg", parsed.GetValue(svg)), ("--csv", parsed.GetValue(csv))]);
            var path = parsed.GetRequiredValue(run);
            files.Check(findings, ("RUN", path));
            var count = Count(parsed.GetValue(average), findings);
            if (findings.Count > 0)
            {
                throw new InvalidInputException(findings);
            }

            Show(NoiseCurve.Read(path, count), parsed.GetValue(svg), parsed.GetValue(csv), environment);
            return ExitCodes.Done;
        });
        return command;
    }

    private static int? Count(string? text, List<Finding> findings)
    {
        if (text is null)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            findings.Add($"--average is '{text}'; it must be a whole number of at least 1, for instance --average 100.");
        }

        return count;
    }

    private static void Show(NoiseCurve curve, string? svg, string? csv, CommandEnvironment environment)
    {
        var figure = NoiseFigure.Of(curve);
        TerminalChart.Write(environment.Output, ChartOf(figure), environment.IsTerminal);
        var writer = environment.Output.Profile.Out.Writer;
        writer.WriteLine();
        foreach (var line in NoiseText.Of(curve))
        {
            writer.WriteLine(line);
        }

        if (csv is not null)
        {
            NoiseCsv.Write(csv, curve);
            writer.WriteLine($"written: {csv}");
        }

        if (svg is not null)
        {
            NoiseChart.Write(svg, figure);
            writer.WriteLine($"written: {svg}");
        }
    }

    private static ChartFigure ChartOf(NoiseFigure figure) => new(
        "samples seen",
        figure.End,
        NoiseFigure.Names,
        [new ChartPanel(NoiseFigure.Unit, Rows, IsLogarithmic: true, figure.Low, figure.High, figure.Lines)]);
}
