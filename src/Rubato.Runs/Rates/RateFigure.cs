using System.Collections.Immutable;
using Rubato.Runs.Charts;
using Rubato.Runs.Records;

namespace Rubato.Runs.Rates;

/// <summary>The lines of one kind of rate.</summary>
/// <param name="Title">Its name.</param>
/// <param name="IsOfExponents">Whether values are decimal logarithms; otherwise they are rates.</param>
/// <param name="Low">Where the axis begins; of rates that are all 0 it is 0.</param>
/// <param name="High">Where it ends; above <paramref name="Low"/>.</param>
/// <param name="Lines">
/// At least one; within the axes. Rates of 0, and for less than a fiftieth of a run others, lie at the axis's beginning.
/// </param>
/// <remarks>Immutable. Two are equal only where they share their lines.</remarks>
public sealed record RatePanel(string Title, bool IsOfExponents, double Low, double High, ImmutableArray<PanelLine> Lines)
{
    /// <summary>Whether equal distances are equal ratios of values; not of what are logarithms already, and not where all are 0.</summary>
    public bool IsLogarithmic => !IsOfExponents && Low > 0;
}

/// <summary>
/// What a drawing of the rates of runs shows, whoever draws it, over an axis of samples: the learning rate, the exponential rate where a
/// run has one, and the effective rate.
/// </summary>
/// <remarks>Immutable. Two figures are equal only where they share their panels.</remarks>
public sealed record RateFigure
{
    // More than these are thinned out, a column of the drawing at a time.
    private const int MostUpdates = 4000;
    private const int Columns = 1000;

    private RateFigure(double end, ImmutableArray<string> names, ImmutableArray<RatePanel> panels) =>
        (End, Names, Panels) = (end, names, panels);

    /// <summary>The samples seen where the horizontal axis ends; it begins at 0.</summary>
    public double End { get; }

    /// <summary>The legend: each run.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>From top to bottom; the first is the learning rate, the last the effective rate.</summary>
    public ImmutableArray<RatePanel> Panels { get; }

    /// <summary>Puts runs into a figure.</summary>
    /// <param name="curves">The runs.</param>
    /// <returns>The figure.</returns>
    public static RateFigure Of(RateCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var end = curves.Runs.Max(run => run.Updates[^1].Samples);
        var panels = ImmutableArray.CreateBuilder<RatePanel>();
        panels.Add(Raised(
            "learning rate",
            [.. curves.Runs.Select((run, index) => Held(run.Updates, index, end, update => Math.Log10(update.LearningRate)))]));
        var growing = curves.Runs.Index().Where(run => run.Item.IsExponential).ToList();
        if (growing.Count > 0)
        {
            IReadOnlyList<PanelLine> lines =
                [.. growing.Select(run => Held(run.Item.Updates, run.Index, end, update => update.ExponentialRateLog10))];
            var (low, high) = ExponentPanel.AxisOf(lines);
            ImmutableArray<PanelLine> raised = [.. lines.Select(line => ExponentPanel.Above(line, low))];
            panels.Add(new RatePanel("exponential rate", IsOfExponents: true, low, high, raised));
        }

        var measured = from run in curves.Runs.Index()
                       where !run.Item.Effective.IsEmpty
                       select Joined(run.Item.Effective, run.Index, run.Item.Updates[^1].Samples, end);
        panels.Add(Raised("effective rate", [.. measured]));
        return new RateFigure(end, [.. curves.Runs.Select(run => run.Name)], panels.ToImmutable());
    }

    // Each rate holds from its update's beginning to the next one's; at least one update has it.
    private static PanelLine Held(ImmutableArray<StepRecord> updates, int index, double end, Func<StepRecord, double?> value)
    {
        var (sampler, last) = (Sampler(updates, end), default(CurvePoint));
        foreach (var update in updates)
        {
            if (value(update) is { } rate)
            {
                sampler.Add(new CurvePoint(update.Samples - update.BatchSize, update.Step, rate));
                last = new CurvePoint(update.Samples, update.Step, rate);
            }
        }

        sampler.Add(last);
        return new PanelLine(index, Points(sampler), updates.Length <= MostUpdates);
    }

    private static PanelLine Joined(ImmutableArray<StepRecord> updates, int index, double last, double end)
    {
        var sampler = Sampler(updates, end);
        foreach (var update in updates)
        {
            sampler.Add(new CurvePoint(update.Samples - update.BatchSize, update.Step, Math.Log10(update.EffectiveRate)));
        }

        // The last one stands for the few updates after it.
        var points = Points(sampler);
        return new PanelLine(index, points.Add((last, points[^1].Y)), IsStairs: false);
    }

    private static CurveSampler Sampler(ImmutableArray<StepRecord> updates, double end) =>
        new(updates.Length <= MostUpdates ? 0 : end / Columns);

    private static ImmutableArray<(double X, double Y)> Points(CurveSampler sampler) =>
        [.. sampler.ToPoints().Select(point => (point.Samples, point.Value))];

    private static RatePanel Raised(string title, IReadOnlyList<PanelLine> logarithms)
    {
        if (logarithms.All(line => line.Points.All(point => double.IsNegativeInfinity(point.Y))))
        {
            return new RatePanel(title, IsOfExponents: false, 0, 1, [.. logarithms.Select(line => Changed(line, _ => 0))]);
        }

        var (low, high) = ExponentPanel.AxisOf(logarithms);
        return new RatePanel(
            title,
            IsOfExponents: false,
            Math.Pow(10, low),
            Math.Pow(10, high),
            [.. logarithms.Select(line => Changed(line, logarithm => Math.Pow(10, Math.Max(logarithm, low))))]);
    }

    private static PanelLine Changed(PanelLine line, Func<double, double> change) =>
        line with { Points = [.. line.Points.Select(point => (point.X, change(point.Y)))] };
}
