using System.Collections.Immutable;
using Rubato.Cli.Display;
using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Display;

public sealed class TerminalChartTests
{
    [Fact]
    public void Write_LogarithmicAxis_EqualRatiosAreEqualDistances()
    {
        var lines = Draw(Figure(1e-4, 1, isLogarithmic: true, []));

        Assert.Equal("  └┬──────────┬──────────┬───────────┬──────────┬", lines[^4]);
        Assert.Equal(" 1e-4       0.001      0.01         0.1         1", lines[^3]);
    }

    [Fact]
    public void Write_LogarithmicAxisWithinADecade_RoundValues()
    {
        var lines = Draw(Figure(0.2, 0.9, isLogarithmic: true, []));

        Assert.Equal(["0.2", "0.4", "0.6", "0.8"], lines[^3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Write_Marks_NamedAboveTheirPlaces()
    {
        var lines = Draw(Figure(1e-4, 1, isLogarithmic: true, [new ChartMark(0.01, "base 0.01", IsNameBefore: true), new ChartMark(0.1, "max 0.1", IsNameBefore: false)]));

        Assert.Equal("loss              base 0.01          max 0.1", lines[0]);
        Assert.All(lines[1..4], line => Assert.Equal((26, 37), (Position(line, 0), Position(line, 1))));
    }

    [Fact]
    public void Write_MarksSideBySide_NamesGiveWay()
    {
        var lines = Draw(Figure(1e-4, 1, isLogarithmic: true, [new ChartMark(0.5, "base 0.5", IsNameBefore: true), new ChartMark(0.6, "max 0.6", IsNameBefore: false)]));

        Assert.EndsWith("base 0.5", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Dots_WithoutALine()
    {
        var figure = Figure(1e-4, 1, isLogarithmic: true, []);
        var lines = Draw(figure with { Panels = [figure.Panels[0] with { Dots = [(1e-4, 0), (1, 2)] }] });

        Assert.Equal("2 ┤", lines[1][..3]);
    }

    private static ChartFigure Figure(double start, double end, bool isLogarithmic, ImmutableArray<ChartMark> marks) =>
        new("learning rate", end, ["losses"], [new ChartPanel("loss", 3, IsLogarithmic: false, 0, 2, [])]) { Start = start, IsLogarithmic = isLogarithmic, Marks = marks };

    private static string[] Draw(ChartFigure figure)
    {
        using var console = new TestConsole().Width(50);
        console.Profile.Capabilities.Unicode = true;
        TerminalChart.Write(console, figure, colored: false);
        return console.Output.Split('\n');
    }

    private static int Position(string line, int index) => line.Index().Where(character => character.Item is > '\u2800' and < '\u2900').ElementAt(index).Index;
}
