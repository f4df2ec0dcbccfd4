using OxyPlot;
using OxyPlot.Axes;
using Rubato.Runs.Files;

namespace Rubato.Runs.Charts;

/// <summary>
/// Draws plans as a vector graphic: a panel a quantity, one above the other over a shared axis. Equal figures give equal bytes.
/// </summary>
public static class PlanChart
{
    private const double FirstPanel = 320;
    private const double OtherPanel = 130;
    private const double Gap = 24;

    /// <summary>Draws a figure into a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="figure">What to draw.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, PlanFigure figure) => TextFile.Write(path, Svg(figure));

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(PlanFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var panels = figure.Panels.Sum(Height) + (Gap * (figure.Panels.Length - 1));
        var title = figure.Plans.Length == 1 ? $"plan {figure.Names[figure.Plans[0]]}" : $"{figure.Plans.Length} plans";
        return ChartPaper.Svg(Model(figure, panels), title, figure.Names, panels);
    }

    private static PlotModel Model(PlanFigure figure, double panels)
    {
        var model = ChartPaper.Model();
        model.Axes.Add(ChartPaper.Bottom(new LinearAxis { Minimum = 0, Maximum = figure.End }, PlanLabels.Of(figure.Axis)));
        var top = 1.0;
        foreach (var panel in figure.Panels)
        {
            var height = Height(panel) / panels;
            var key = PlanLabels.Of(panel.Quantity);
            model.Axes.Add(ValueAxis(panel, key, Math.Max(top - height, 0), top));
            foreach (var line in panel.Lines)
            {
                // A logarithmic axis has no place for 0.
                var lowest = panel.IsLogarithmic ? panel.Low : double.NegativeInfinity;
                model.Series.Add(PanelDrawing.Series(line, key, figure.Names.Length, lowest));
            }

            top -= height + (Gap / panels);
        }

        return model;
    }

    private static double Height(PlanPanel panel) =>
        panel.Quantity is PlanQuantity.LearningRate or PlanQuantity.ExponentialRate ? FirstPanel : OtherPanel;

    private static Axis ValueAxis(PlanPanel panel, string key, double bottom, double top)
    {
        var axis = PanelDrawing.Axis(panel.Low, panel.High, panel.IsLogarithmic);
        var styled = ChartPaper.Left(axis, key, Title(panel.Quantity), bottom, top);
        styled.LabelFormatter = value => PlanLabels.OfAxis(value, panel.IsOfExponents);
        return styled;
    }

    // A title that is longer than its panel is high would run into the next one's.
    private static string Title(PlanQuantity quantity) => quantity switch
    {
        PlanQuantity.BatchSize => "batch size (samples)",
        PlanQuantity.SmallBatchNoise => "noise (small batch)",
        _ => PlanLabels.Of(quantity),
    };
}
