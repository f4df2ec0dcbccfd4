namespace Rubato.Runs.Charts;

/// <summary>
/// Puts the exponential rates of plans into one panel, whose values are decimal logarithms, since the rates themselves leave every range.
/// </summary>
internal static class ExponentPanel
{
    // A rate that falls to 0 has no end on the axis, and would take most of it. So values that last for less than this share of the run may
    // lie below the axis, if that makes the rest at least so many times as large.
    private const double LeastShare = 0.02;
    private const double LeastGain = 1.5;

    // The learning rate is drawn beside it if the panel grows downwards by no more than this share of itself.
    private const double MostBelow = 1.0 / 3;

    /// <summary>The panel.</summary>
    /// <param name="lines">The exponential rates; at least one.</param>
    /// <param name="learningRates">The learning rates of the same plans, not as logarithms.</param>
    internal static PlanPanel Of(IReadOnlyList<PanelLine> lines, IEnumerable<PanelLine> learningRates)
    {
        var beside = learningRates
            .Select(line => line with { Points = [.. line.Points.Select(point => (point.X, Math.Log10(point.Y)))] })
            .ToList();
        var high = High(lines);
        var low = Low(lines, high);
        var lowest = Math.Min(low, Low(beside, high));
        if (low - lowest <= MostBelow * (high - lowest))
        {
            lines = [.. lines, .. beside];
            (low, high) = (lowest, High(lines));
        }

        low = Below(high, low);
        return new PlanPanel(PlanQuantity.ExponentialRate, IsLogarithmic: false, low, high, [.. lines.Select(line => Above(line, low))]);
    }

    /// <summary>The axis that lines of decimal logarithms need.</summary>
    /// <param name="lines">At least one.</param>
    /// <returns>Where it begins and where it ends. Values that last for a moment only may lie below its beginning.</returns>
    internal static (double Low, double High) AxisOf(IReadOnlyList<PanelLine> lines)
    {
        var high = High(lines);
        return (Below(high, Low(lines, high)), high);
    }

    /// <summary>A line whose lower values lie at the axis's beginning.</summary>
    internal static PanelLine Above(PanelLine line, double low) =>
        line with { Points = [.. line.Points.Select(point => (point.X, Math.Max(point.Y, low)))] };

    // An axis needs a length: lines of a single value get the decade below it.
    private static double Below(double high, double low) => low < high ? low : high - 1;

    private static double High(IReadOnlyList<PanelLine> lines) =>
        lines.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static double Low(IReadOnlyList<PanelLine> lines, double high)
    {
        var low = lines.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(high).Min();
        var lasting = lines.Select(Lasting).Where(double.IsFinite).DefaultIfEmpty(low).Min();
        return high - low > LeastGain * (high - lasting) ? lasting : low;
    }

    // The lowest value that lasts long enough.
    private static double Lasting(PanelLine line)
    {
        var (below, end) = (0.0, line.Points[^1].X);
        var pieces = line.Points.Zip(line.Points.Skip(1), (from, to) => (Width: to.X - from.X, Value: from.Y));
        foreach (var (width, value) in pieces.OrderBy(piece => piece.Value))
        {
            below += width;
            if (double.IsFinite(value) && below > LeastShare * end)
            {
                return value;
            }
        }

        return double.NaN;
    }
}
