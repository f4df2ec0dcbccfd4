using System.Collections.Immutable;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Display;

/// <summary>What <see cref="TerminalChart"/> draws: panels over a shared axis.</summary>
/// <param name="Axis">What the axis counts, such as <c>epochs</c>.</param>
/// <param name="End">Where it ends; above <see cref="Start"/>.</param>
/// <param name="Names">The legend, which is left out where there is one line to a panel.</param>
/// <param name="Panels">From top to bottom; at least one.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ChartFigure(string Axis, double End, ImmutableArray<string> Names, ImmutableArray<ChartPanel> Panels)
{
    private const int FirstPanelRows = 11;
    private const int OtherPanelRows = 5;

    /// <summary>Where the axis begins; above 0 where it is logarithmic.</summary>
    internal double Start { get; init; }

    /// <summary>Whether equal distances on the axis are equal ratios.</summary>
    internal bool IsLogarithmic { get; init; }

    /// <summary>Places that are drawn from top to bottom of every panel, and named above the first; within the axis.</summary>
    internal ImmutableArray<ChartMark> Marks { get; init; } = [];

    /// <summary>A figure of plans.</summary>
    internal static ChartFigure Of(PlanFigure figure) => new(
        PlanLabels.Of(figure.Axis),
        figure.End,
        figure.Names,
        [
            .. figure.Panels.Select(panel => new ChartPanel(
                PlanLabels.Of(panel.Quantity),
                panel.Quantity is PlanQuantity.LearningRate or PlanQuantity.ExponentialRate ? FirstPanelRows : OtherPanelRows,
                panel.IsLogarithmic,
                panel.Low,
                panel.High,
                panel.Lines) { IsOfExponents = panel.IsOfExponents }),
        ]);
}

/// <summary>The lines of one quantity.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Rows">How many lines of characters it is high; at least 2.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios.</param>
/// <param name="Low">Where its axis begins; above 0 where it is logarithmic.</param>
/// <param name="High">Where its axis ends; above <paramref name="Low"/>.</param>
/// <param name="Lines">Their points lie within the axes.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ChartPanel(string Title, int Rows, bool IsLogarithmic, double Low, double High, ImmutableArray<PanelLine> Lines)
{
    /// <summary>Whether values are decimal logarithms.</summary>
    internal bool IsOfExponents { get; init; }

    /// <summary>Single points behind the lines, without their colours; within the axes.</summary>
    internal ImmutableArray<(double X, double Y)> Dots { get; init; } = [];
}

/// <summary>A place on the axis of a figure.</summary>
/// <param name="X">Where.</param>
/// <param name="Name">What stands above it.</param>
/// <param name="IsNameBefore">Whether the name ends there; otherwise it begins there.</param>
/// <remarks>Immutable.</remarks>
internal readonly record struct ChartMark(double X, string Name, bool IsNameBefore);
