using OxyPlot;
using OxyPlot.Axes;
using Rubato.Runs.Charts;
using Rubato.Runs.Files;

namespace Rubato.Runs.Rates;

/// <summary>
/// Draws the rates of runs as a vector graphic: a panel a kind of rate, one above the other over a shared axis. Equal figures give equal
/// bytes.
/// </summary>
public static class RateChart
{
    private const double Panel = 240;
    private const double Gap = 24;

    /// <summary>Draws a figure into a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="figure">What to draw.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RateFigure figure) => TextFile.Write(path, Svg(figure));

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(RateFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var height = ((Panel + Gap) * figure.Panels.Length) - Gap;
        var model = ChartPaper.Model();
        model.Axes.Add(ChartPaper.Bottom(new LinearAxis { Minimum = 0, Maximum = figure.End }, "samples seen"));
        var top = 1.0;
        foreach (var panel in figure.Panels)
        {
            Add(model, panel, figure.Names.Length, Math.Max(top - (Panel / height), 0), top);
            top -= (Panel + Gap) / height;
        }

        return ChartPaper.Svg(model, "learning rates and effective rates", figure.Names, height);
    }

    private static void Add(PlotModel model, RatePanel panel, int names, double bottom, double top)
    {
        var axis = ChartPaper.Left(PanelDrawing.Axis(panel.Low, panel.High, panel.IsLogarithmic), panel.Title, panel.Title, bottom, top);
        axis.LabelFormatter = value => PlanLabels.OfAxis(value, panel.IsOfExponents);
        model.Axes.Add(axis);
        foreach (var line in panel.Lines)
        {
            model.Series.Add(PanelDrawing.Series(line, panel.Title, names, panel.Low));
        }
    }
}
