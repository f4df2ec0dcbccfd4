using System.CommandLine;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Runs.Rates;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato rates</c>: draws how large the rates of runs were.</summary>
internal static class RatesCommand
{
    private const int FirstPanelRows = 5;
    private const int OtherPanelRows = 11;

    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var runs = new Argument<string[]>("RUN") { Arity = ArgumentArity.OneOrMore };
        var command = new Command("rates") { runs };
        var svg = command.AddText("--svg", "rates.svg");
        var csv = command.AddText("--csv", "rates.csv");
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var files = new OutputFiles("rates", [("--svg", parsed.GetValue(svg)), ("--csv", parsed.GetValue(csv))]);
            var paths = parsed.GetRequiredValue(runs);
            files.Check(findings, [.. paths.Select(path => ("RUN", RateCurve.FileOf(path)))]);
            if (findings.Count > 0)
            {
                throw new InvalidInputException(findings);
            }

            Show(RateCurves.Read(paths), parsed.GetValue(svg), parsed.GetValue(csv), environment);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(RateCurves curves, string? svg, string? csv, CommandEnvironment environment)
    {
        var figure = RateFigure.Of(curves);
        TerminalChart.Write(environment.Output, ChartOf(figure), environment.IsTerminal);
        var writer = environment.Output.Profile.Out.Writer;
        writer.WriteLine();
        foreach (var line in RatesText.Of(curves))
        {
            writer.WriteLine(line);
        }

        if (csv is not null)
        {
            RateCsv.Write(csv, curves);
            writer.WriteLine($"written: {csv}");
        }

        if (svg is not null)
        {
            RateChart.Write(svg, figure);
            writer.WriteLine($"written: {svg}");
        }
    }

    private static ChartFigure ChartOf(RateFigure figure) => new(
        "samples seen",
        figure.End,
        figure.Names,
        [
            .. figure.Panels.Select((panel, index) => new ChartPanel(
                panel.Title,
                index == 0 ? FirstPanelRows : OtherPanelRows,
                panel.IsLogarithmic,
                panel.Low,
                panel.High,
                panel.Lines)
            {
                IsOfExponents = panel.IsOfExponents,
            }),
        ]);
}
