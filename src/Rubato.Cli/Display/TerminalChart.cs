using Rubato.Runs.Charts;
using Spectre.Console;

namespace Rubato.Cli.Display;

/// <summary>Draws figures with characters, as wide as the terminal.</summary>
internal sealed class TerminalChart
{
    private const int Narrowest = 40;
    private const int Widest = 160;
    private const int MarkEvery = 24;
    private const int TickRoom = 9;
    private static readonly Color[] Colors = [Color.DeepSkyBlue1, Color.Orange1, Color.SpringGreen3, Color.Orchid, Color.Yellow3, Color.IndianRed1];
    private readonly IAnsiConsole _console;
    private readonly ChartFigure _figure;
    private readonly bool _colored;
    private readonly bool _unicode;
    private readonly int _gutter;
    private readonly int _width;

    private TerminalChart(IAnsiConsole console, ChartFigure figure, bool colored)
    {
        _console = console;
        _figure = figure;
        _colored = colored;
        _unicode = console.Profile.Capabilities.Unicode;
        _gutter = figure.Panels.SelectMany(panel => Ticks(panel)).Max(tick => tick.Text.Length) + 1;

        // The last column stays free: some terminals begin a new line when it is filled.
        _width = Math.Clamp(console.Profile.Width, Narrowest, Widest) - _gutter - 2;
    }

    /// <summary>Draws.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="figure">What.</param>
    /// <param name="colored">Whether lines have colours, as far as the console has them.</param>
    internal static void Write(IAnsiConsole console, ChartFigure figure, bool colored) => new TerminalChart(console, figure, colored).Write();

    /// <summary>The character that stands on a plan's line.</summary>
    /// <param name="index">The line's place in the legend.</param>
    internal static char Mark(int index) => "123456789abcdefghijklmnopqrstuvwxyz"[index % 35];

    private void Write()
    {
        if (_figure.Names.Length > 1)
        {
            foreach (var (index, name) in _figure.Names.Index())
            {
                WriteLine([($"{Mark(index)} ", index), (name, -1)]);
            }

            WriteLine([]);
        }

        foreach (var panel in _figure.Panels)
        {
            Write(panel);
        }

        WriteAxis();
    }

    private void Write(ChartPanel panel)
    {
        var canvas = Draw(panel);
        var ticks = Ticks(panel).ToDictionary(tick => tick.Row, tick => tick.Text);
        var scale = panel.IsLogarithmic ? " (logarithmic)" : "";
        WriteLine([($"{panel.Title.PadLeft(_gutter)}{scale}", -1)]);
        for (var row = 0; row < panel.Rows; row++)
        {
            var label = ticks.TryGetValue(row, out var text) ? $"{text.PadLeft(_gutter - 1)} {(_unicode ? '┤' : '+')}" : new string(' ', _gutter) + (_unicode ? '│' : '|');
            WriteLine([(label, -1), .. canvas.Row(row)]);
        }
    }

    private DotCanvas Draw(ChartPanel panel)
    {
        var canvas = new DotCanvas(_width, panel.Rows, _unicode);
        int Column(double x) => (int)Math.Round(x / _figure.End * (canvas.DotsWide - 1));
        int Row(double y) => (int)Math.Round((1 - Share(panel, y)) * (canvas.DotsHigh - 1));
        foreach (var line in panel.Lines)
        {
            for (var i = 0; i + 1 < line.Points.Length; i++)
            {
                var (x, y) = (Column(line.Points[i].X), Row(line.Points[i].Y));
                var (toX, toY) = (Column(line.Points[i + 1].X), Row(line.Points[i + 1].Y));
                canvas.Line(x, y, toX, line.IsStairs ? y : toY, line.Index);
                canvas.Line(toX, line.IsStairs ? y : toY, toX, toY, line.Index);
            }
        }

        if (_figure.Names.Length > 1)
        {
            foreach (var line in panel.Lines)
            {
                // At other columns for each line, so that marks never cover each other.
                for (var column = MarkEvery * (line.Index + 0.5) / _figure.Names.Length; column < _width; column += MarkEvery)
                {
                    var x = column / (_width - 1) * _figure.End;
                    canvas.Mark(Column(x), Row(ValueAt(line, x)), Mark(line.Index), line.Index);
                }
            }
        }

        return canvas;
    }

    private static double ValueAt(PanelLine line, double x)
    {
        var next = 1;
        while (next < line.Points.Length - 1 && line.Points[next].X <= x)
        {
            next++;
        }

        var ((fromX, fromY), (toX, toY)) = (line.Points[next - 1], line.Points[next]);
        return line.IsStairs || !(toX > fromX) ? fromY : fromY + ((toY - fromY) * Math.Clamp((x - fromX) / (toX - fromX), 0, 1));
    }

    // Where a value stands between the panel's bottom and top; a logarithmic one has no place for 0.
    private static double Share(ChartPanel panel, double value) => panel.IsLogarithmic
        ? Math.Log(Math.Max(value, panel.Low) / panel.Low) / Math.Log(panel.High / panel.Low)
        : (value - panel.Low) / (panel.High - panel.Low);

    /// <summary>The ends of the axis, and round values between them that keep a row's distance.</summary>
    private static List<(int Row, string Text)> Ticks(ChartPanel panel)
    {
        var ticks = new List<(int Row, string Text)> { (0, PlanLabels.Value(panel.High)), (panel.Rows - 1, PlanLabels.Value(panel.Low)) };
        var most = (panel.Rows + 1) / 2;
        var between = panel.IsLogarithmic ? AxisTicks.Logarithmic(panel.Low, panel.High, most) : AxisTicks.Linear(panel.Low, panel.High, most);
        foreach (var value in between)
        {
            var row = (int)Math.Round((1 - Share(panel, value)) * (panel.Rows - 1));
            if (ticks.TrueForAll(tick => Math.Abs(tick.Row - row) >= 2))
            {
                ticks.Add((row, PlanLabels.Value(value)));
            }
        }

        return ticks;
    }

    private void WriteAxis()
    {
        var line = new string(_unicode ? '─' : '-', _width).ToCharArray();
        var labels = new string(' ', _gutter + 1 + _width).ToCharArray();
        var free = 0;
        foreach (var value in AxisTicks.Linear(0, _figure.End, Math.Max(_width / TickRoom, 3)))
        {
            var column = (int)Math.Round(value / _figure.End * (_width - 1));
            var text = PlanLabels.Value(value);
            line[column] = _unicode ? '┬' : '+';
            var start = Math.Min(_gutter + 1 + column - (text.Length / 2), labels.Length - text.Length);
            if (start >= free)
            {
                text.CopyTo(labels.AsSpan(start));
                free = start + text.Length + 1;
            }
        }

        WriteLine([(new string(' ', _gutter) + (_unicode ? '└' : '+') + new string(line), -1)]);
        WriteLine([(new string(labels).TrimEnd(), -1)]);
        var unit = _figure.Axis;
        WriteLine([(unit.PadLeft(_gutter + 1 + ((_width + unit.Length) / 2)), -1)]);
    }

    private void WriteLine(IEnumerable<(string Text, int Color)> pieces)
    {
        var line = new Paragraph();
        foreach (var (text, color) in pieces)
        {
            line.Append(text, color < 0 || !_colored ? Style.Plain : new Style(Colors[color % Colors.Length]));
        }

        line.Append("\n");
        _console.Write(line);
    }
}
