using Rubato.Numerics;
using Rubato.Runs.Charts;
using Spectre.Console;

namespace Rubato.Cli.Display;

/// <summary>Draws figures with characters, as wide as the terminal.</summary>
internal sealed class TerminalChart
{
    private const string MarkCharacters = "123456789abcdefghijklmnopqrstuvwxyz";
    private const int Narrowest = 40;
    private const int Widest = 160;

    // In characters: from one mark to the next on a line, and from one tick of the lower axis to the next.
    private const int MarkEvery = 24;
    private const int TickRoom = 9;

    // Instead of the place of a line in the legend.
    private const int Uncolored = -1;
    private const int Faint = int.MaxValue;
    private static readonly Color[] Colors =
        [Color.DeepSkyBlue1, Color.Orange1, Color.SpringGreen3, Color.Orchid, Color.Yellow3, Color.IndianRed1];

    private readonly List<Paragraph> _lines = [];
    private readonly ChartFigure _figure;
    private readonly bool _colored;
    private readonly bool _unicode;
    private readonly int _gutter;
    private readonly int _width;

    private TerminalChart(IAnsiConsole console, ChartFigure figure, bool colored)
    {
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
    internal static void Write(IAnsiConsole console, ChartFigure figure, bool colored)
    {
        foreach (var line in Lines(console, figure, colored))
        {
            console.Write(line.Append("\n"));
        }
    }

    /// <summary>The lines of characters, to be put into a display that is drawn anew from time to time.</summary>
    /// <param name="console">Where they will be shown.</param>
    /// <param name="figure">What to draw.</param>
    /// <param name="colored">Whether lines have colours, as far as the console has them.</param>
    internal static IReadOnlyList<Paragraph> Lines(IAnsiConsole console, ChartFigure figure, bool colored)
    {
        var chart = new TerminalChart(console, figure, colored);
        chart.Write();
        return chart._lines;
    }

    /// <summary>The character that stands on a plan's line.</summary>
    /// <param name="index">The line's place in the legend.</param>
    internal static char Mark(int index) => MarkCharacters[index % MarkCharacters.Length];

    private void Write()
    {
        if (_figure.Names.Length > 1)
        {
            foreach (var (index, name) in _figure.Names.Index())
            {
                WriteLine([($"{Mark(index)} ", index), (name, Uncolored)]);
            }

            WriteLine([]);
        }

        foreach (var (index, panel) in _figure.Panels.Index())
        {
            Write(panel, index == 0);
        }

        WriteAxis();
    }

    private void Write(ChartPanel panel, bool isFirst)
    {
        var canvas = Draw(panel);
        var ticks = Ticks(panel).ToDictionary(tick => tick.Row, tick => tick.Text);
        var scale = panel.IsLogarithmic || panel.IsOfExponents ? " (logarithmic)" : "";
        var title = $"{panel.Title.PadLeft(_gutter)}{scale}";
        WriteLine([(isFirst ? WithMarks(title) : title, Uncolored)]);
        for (var row = 0; row < panel.Rows; row++)
        {
            var label = ticks.TryGetValue(row, out var text)
                ? $"{text.PadLeft(_gutter - 1)} {(_unicode ? '┤' : '+')}"
                : new string(' ', _gutter) + (_unicode ? '│' : '|');
            WriteLine([(label, Uncolored), .. canvas.Row(row)]);
        }
    }

    private DotCanvas Draw(ChartPanel panel)
    {
        var canvas = new DotCanvas(_width, panel.Rows, _unicode);
        int Column(double x) => (int)Math.Round(Share(x) * (canvas.DotsWide - 1));
        int Row(double y) => (int)Math.Round((1 - Share(panel, y)) * (canvas.DotsHigh - 1));
        foreach (var (x, y) in panel.Dots)
        {
            canvas.Line(Column(x), Row(y), Column(x), Row(y), Faint);
        }

        foreach (var mark in _figure.Marks)
        {
            for (var row = 0; row < canvas.DotsHigh; row += 2)
            {
                canvas.Line(Column(mark.X), row, Column(mark.X), row, Faint);
            }
        }

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
                // Each line has other columns, so that marks never cover each other.
                for (var column = MarkEvery * (line.Index + 0.5) / _figure.Names.Length; column < _width; column += MarkEvery)
                {
                    var x = At(column / (_width - 1));
                    if (line.Points.Length < 2 || x < line.Points[0].X || x > line.Points[^1].X)
                    {
                        continue;
                    }

                    canvas.Mark(Column(x), Row(ValueAt(line, x)), Mark(line.Index), line.Index);
                }
            }
        }

        return canvas;
    }

    // If two names would meet, the later one gives way to the right; a name for which the line has no room left is not written.
    private string WithMarks(string title)
    {
        var text = title.PadRight(_gutter + 1 + _width).ToCharArray();
        var free = title.Length + 2;
        foreach (var mark in _figure.Marks)
        {
            var perCell = _unicode ? 2 : 1;
            var column = _gutter + 1 + ((int)Math.Round(Share(mark.X) * ((perCell * _width) - 1)) / perCell);
            var wanted = mark.IsNameBefore ? column - mark.Name.Length + 1 : column;
            var start = Math.Max(Math.Min(wanted, text.Length - mark.Name.Length), free);
            if (start + mark.Name.Length <= text.Length)
            {
                mark.Name.CopyTo(text.AsSpan(start));
                free = start + mark.Name.Length + 2;
            }
        }

        return new string(text).TrimEnd();
    }

    // 0 at the beginning of the axis, 1 at its end.
    private double Share(double x) => _figure.IsLogarithmic
        ? (Math.Log(x) - Math.Log(_figure.Start)) / (Math.Log(_figure.End) - Math.Log(_figure.Start))
        : (x - _figure.Start) / (_figure.End - _figure.Start);

    private double At(double share) => _figure.IsLogarithmic
        ? Blend.Geometric(_figure.Start, _figure.End, share)
        : _figure.Start + (share * (_figure.End - _figure.Start));

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

    // 0 at the bottom of the panel, 1 at its top; a logarithmic panel has no place for a value of 0.
    private static double Share(ChartPanel panel, double value) => panel.IsLogarithmic
        ? (Math.Log(Math.Max(value, panel.Low)) - Math.Log(panel.Low)) / (Math.Log(panel.High) - Math.Log(panel.Low))
        : (value - panel.Low) / (panel.High - panel.Low);

    /// <summary>The ends of the axis, and round values between them that keep a row's distance.</summary>
    private static List<(int Row, string Text)> Ticks(ChartPanel panel)
    {
        string Text(double value) => PlanLabels.OfAxis(value, panel.IsOfExponents);
        var ticks = new List<(int Row, string Text)> { (0, Text(panel.High)), (panel.Rows - 1, Text(panel.Low)) };
        var most = (panel.Rows + 1) / 2;
        var between = panel.IsLogarithmic
            ? AxisTicks.Logarithmic(panel.Low, panel.High, most)
            : AxisTicks.Linear(panel.Low, panel.High, most);
        foreach (var value in between)
        {
            var row = (int)Math.Round((1 - Share(panel, value)) * (panel.Rows - 1));
            if (ticks.TrueForAll(tick => Math.Abs(tick.Row - row) >= 2))
            {
                ticks.Add((row, Text(value)));
            }
        }

        return ticks;
    }

    private void WriteAxis()
    {
        var line = new string(_unicode ? '─' : '-', _width).ToCharArray();
        var labels = new string(' ', _gutter + 1 + _width).ToCharArray();
        var free = 0;
        var most = Math.Max(_width / TickRoom, 3);
        var powers = _figure.IsLogarithmic ? AxisTicks.Logarithmic(_figure.Start, _figure.End, most) : [];

        // An axis within a decade holds at most one power of ten, and needs more than one tick.
        foreach (var value in powers.Count > 1 ? powers : AxisTicks.Linear(_figure.Start, _figure.End, most))
        {
            var column = (int)Math.Round(Math.Clamp(Share(value), 0, 1) * (_width - 1));
            var text = PlanLabels.Value(value);
            line[column] = _unicode ? '┬' : '+';
            var start = Math.Min(_gutter + 1 + column - (text.Length / 2), labels.Length - text.Length);
            if (start >= free)
            {
                text.CopyTo(labels.AsSpan(start));
                free = start + text.Length + 1;
            }
        }

        WriteLine([(new string(' ', _gutter) + (_unicode ? '└' : '+') + new string(line), Uncolored)]);
        WriteLine([(new string(labels).TrimEnd(), Uncolored)]);
        var unit = _figure.Axis;
        WriteLine([(unit.PadLeft(_gutter + 1 + ((_width + unit.Length) / 2)), Uncolored)]);
    }

    private void WriteLine(IEnumerable<(string Text, int Color)> pieces)
    {
        var line = new Paragraph();
        foreach (var (text, color) in pieces)
        {
            var style = color == Uncolored || !_colored
                ? Style.Plain
                : new Style(color == Faint ? Color.Grey : Colors[color % Colors.Length]);
            line.Append(text, style);
        }

        _lines.Add(line);
    }
}
