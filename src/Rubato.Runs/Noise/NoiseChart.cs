using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Rubato.Runs.Charts;
using Rubato.Runs.Files;

namespace Rubato.Runs.Noise;

/// <summary>Draws the noise scale over a run as a vector graphic. Equal figures give equal bytes.</summary>
public static class NoiseChart
{
    private const double Panel = 360;

    /// <summary>Draws a figure into a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="figure">What to draw.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NoiseFigure figure) => TextFile.Write(path, Svg(figure));

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(NoiseFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var model = ChartPaper.Model();

        // Room for the lines' own thickness.
        var margin = Math.Pow(figure.High / figure.Low, 0.03);
        model.Axes.Add(ChartPaper.Bottom(new LinearAxis { Minimum = 0, Maximum = figure.End }, "samples seen"));
        model.Axes.Add(ChartPaper.Left(
            new LogarithmicAxis { Minimum = figure.Low / margin, Maximum = figure.High * margin },
            NoiseFigure.Unit,
            NoiseFigure.Unit,
            0,
            1));
        foreach (var line in figure.Lines)
        {
            model.Series.Add(Series(line));
        }

        return ChartPaper.Svg(model, "noise scale", NoiseFigure.Names, Panel);
    }

    private static LineSeries Series(PanelLine line)
    {
        var series = new LineSeries
        {
            YAxisKey = NoiseFigure.Unit,
            Color = ChartPaper.ColorOf(line.Index),
            StrokeThickness = 2.5,
            LineJoin = LineJoin.Round,
            MinimumSegmentLength = 0,
        };
        for (var i = 0; i < line.Points.Length; i++)
        {
            if (i > 0 && line.IsStairs)
            {
                series.Points.Add(new DataPoint(line.Points[i].X, line.Points[i - 1].Y));
            }

            series.Points.Add(new DataPoint(line.Points[i].X, line.Points[i].Y));
        }

        return series;
    }
}
