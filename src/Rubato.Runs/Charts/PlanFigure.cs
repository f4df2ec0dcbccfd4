using System.Collections.Immutable;

namespace Rubato.Runs.Charts;

/// <summary>A plan with the name that a legend gives it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Survey">The plan.</param>
/// <remarks>Immutable.</remarks>
public sealed record NamedPlan(string Name, PlanSurvey Survey);

/// <summary>A line of a panel: places on the figure's axis, and the values there.</summary>
/// <param name="Index">Its place in <see cref="PlanFigure.Names"/>.</param>
/// <param name="Points">In ascending order.</param>
/// <param name="IsStairs">Whether each value holds up to the next point; otherwise points are joined.</param>
/// <remarks>Immutable. Two lines are equal only where they share their points.</remarks>
public sealed record PanelLine(int Index, ImmutableArray<(double X, double Y)> Points, bool IsStairs);

/// <summary>The lines of one quantity over a shared axis.</summary>
/// <param name="Quantity">
/// What it shows; values of <see cref="PlanQuantity.ExponentialRate"/> are decimal logarithms, also of the learning rates beside it.
/// </param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios of values; not of what are logarithms already.</param>
/// <param name="Low">Where its axis begins; above 0 where it is logarithmic.</param>
/// <param name="High">Where its axis ends; above <paramref name="Low"/>.</param>
/// <param name="Lines">At least one.</param>
/// <remarks>Immutable. Two panels are equal only where they share their lines.</remarks>
public sealed record PlanPanel(PlanQuantity Quantity, bool IsLogarithmic, double Low, double High, ImmutableArray<PanelLine> Lines)
{
    /// <summary>Whether values are decimal logarithms.</summary>
    public bool IsOfExponents => Quantity == PlanQuantity.ExponentialRate;
}

/// <summary>
/// What a drawing of plans shows, whoever draws it: the learning rate, and below it, over the same axis, the exponential rate where it was
/// asked for, each other quantity that changes or differs between plans, and the noise scale where it was asked for.
/// </summary>
/// <remarks>
/// The exponential rate of a plan has a line and a name of its own. The learning rate is drawn beside it where that leaves the growing rate
/// two thirds of the panel; values below the axis, such as rates that fall to 0, lie at its beginning. Immutable.
/// </remarks>
public sealed record PlanFigure
{
    // Annealing to 0 passes every order of magnitude in its last updates; an axis is logarithmic for what lasts.
    private const double LogarithmicRatio = 1e3;
    private const double LogarithmicShare = 0.1;

    private PlanFigure(PlanAxis axis, double end, ImmutableArray<string> names, ImmutableArray<int> plans, ImmutableArray<PlanPanel> panels)
    {
        Axis = axis;
        End = end;
        Names = names;
        Plans = plans;
        Panels = panels;
    }

    /// <summary>
    /// What the axis counts: epochs where every plan knows the size of its training set; otherwise updates where every budget is written in
    /// batches, or samples.
    /// </summary>
    public PlanAxis Axis { get; }

    /// <summary>Where the axis ends; above 0. It begins at 0.</summary>
    public double End { get; }

    /// <summary>The legend: a plan, a plan's parameter group, or the exponential rate of either, each.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The place of each plan in <see cref="Names"/>.</summary>
    public ImmutableArray<int> Plans { get; }

    /// <summary>From top to bottom; the first is the learning rate.</summary>
    public ImmutableArray<PlanPanel> Panels { get; }

    /// <summary>Puts plans into one figure.</summary>
    /// <param name="plans">At least one.</param>
    /// <param name="logarithmic">
    /// Whether the rate's axis is logarithmic; null decides by the plans: it is where a rate above 0 stays below a thousandth of the
    /// highest one for at least a tenth of the run. The same of the noise scale.
    /// </param>
    /// <returns>The figure.</returns>
    public static PlanFigure Of(IReadOnlyList<NamedPlan> plans, bool? logarithmic = null)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentOutOfRangeException.ThrowIfZero(plans.Count, nameof(plans));
        var axis = AxisOf(plans);
        var names = ImmutableArray.CreateBuilder<string>();
        var indices = ImmutableArray.CreateBuilder<int>();
        var lines = new List<(PlanQuantity Quantity, bool IsConstant, PanelLine Line)>();
        var (growing, beside) = (new List<PanelLine>(), new List<PanelLine>());
        foreach (var plan in plans)
        {
            var own = names.Count;
            indices.Add(own);
            names.Add(plan.Name);
            foreach (var curve in plan.Survey.Curves)
            {
                var line = LineOf(curve, IndexOf(curve.Group, plan.Name, own, names), axis, plan.Survey);
                lines.Add((curve.Quantity, curve.IsConstant, line));
                if (curve.Quantity == PlanQuantity.LearningRate && plan.Survey.Form is not null)
                {
                    beside.Add(line);
                }
            }

            growing.AddRange(
                from rates in plan.Survey.Exponential
                let name = Added(NameOf(rates.Curve.Group, $"{plan.Name}, {plan.Survey.Form}"), names)
                select LineOf(rates.Curve, name, axis, plan.Survey));
        }

        var panels = lines
            .GroupBy(line => line.Quantity)
            .Where(lines => IsAskedFor(lines.Key) || lines.Any(line => !line.IsConstant || Differs(line.Line, lines.First().Line)))
            .Select(lines => Panel(lines.Key, [.. lines.Select(line => line.Line)], IsAskedFor(lines.Key) ? logarithmic : false));
        if (growing.Count > 0)
        {
            panels = panels.Append(ExponentPanel.Of(growing, beside));
        }

        return new PlanFigure(
            axis,
            plans.Max(plan => EndOf(plan.Survey, axis)),
            names.ToImmutable(),
            indices.ToImmutable(),
            [.. panels.OrderBy(panel => panel.Quantity)]);
    }

    // The last update may end short of the budget or beyond it.
    private static double EndOf(PlanSurvey survey, PlanAxis axis) => axis switch
    {
        PlanAxis.Epochs => (double)Math.Max(survey.Samples ?? 0, survey.Plan.Samples) / (survey.Plan.Settings.SamplesPerEpoch ?? 1),
        PlanAxis.Updates => survey.Updates,
        _ => Math.Max(survey.Samples ?? 0, survey.Plan.Samples),
    };

    private static PlanAxis AxisOf(IReadOnlyList<NamedPlan> plans) =>
        plans.All(plan => plan.Survey.Plan.Settings.SamplesPerEpoch is not null) ? PlanAxis.Epochs
        : plans.All(plan => plan.Survey is { IsSampled: false, Plan.Settings.Length.Unit: TimeUnit.Batches }) ? PlanAxis.Updates
        : PlanAxis.Samples;

    // A group stands in the legend once, however many schedules it has.
    private static int IndexOf(string? group, string plan, int own, ImmutableArray<string>.Builder names)
    {
        var index = group is null ? own : names.IndexOf(NameOf(group, plan), own, StringComparer.Ordinal);
        return index >= 0 ? index : Added(NameOf(group, plan), names);
    }

    private static int Added(string name, ImmutableArray<string>.Builder names)
    {
        names.Add(name);
        return names.Count - 1;
    }

    private static string NameOf(string? group, string plan) => group is null ? plan : $"{plan}: group {group}";

    private static PanelLine LineOf(PlanCurve curve, int index, PlanAxis axis, PlanSurvey survey)
    {
        double Place(CurvePoint point) => axis switch
        {
            PlanAxis.Epochs => point.Samples / (survey.Plan.Settings.SamplesPerEpoch ?? 1),
            PlanAxis.Updates => point.Updates,
            _ => point.Samples,
        };

        return new PanelLine(index, [.. curve.Points.Select(point => (Place(point), point.Value))], curve.IsComplete);
    }

    // What is drawn even where it never changes, and may fall with the rate through orders of magnitude.
    private static bool IsAskedFor(PlanQuantity quantity) =>
        quantity is PlanQuantity.LearningRate or PlanQuantity.SmallBatchNoise or PlanQuantity.ExactNoise;

    private static bool Differs(PanelLine line, PanelLine first) => line.Points[0].Y != first.Points[0].Y;

    private static PlanPanel Panel(PlanQuantity quantity, ImmutableArray<PanelLine> lines, bool? logarithmic)
    {
        var values = lines.SelectMany(line => line.Points).Select(point => point.Y).ToList();
        var high = values.Max();
        var positive = values.Where(value => value > 0).DefaultIfEmpty(0).Min();
        if (positive > 0 && positive < high && (logarithmic ?? lines.Any(line => IsBestLogarithmic(line, high))))
        {
            return new PlanPanel(quantity, IsLogarithmic: true, positive, high, lines);
        }

        // A quantity that comes near 0 is seen in proportion only from 0.
        var low = values.Min();
        low = low < 0.25 * high || low == high ? 0 : low;
        return new PlanPanel(quantity, IsLogarithmic: false, low, high > 0 ? high : 1, lines);
    }

    private static bool IsBestLogarithmic(PanelLine line, double high)
    {
        var below = 0.0;
        for (var i = 0; i + 1 < line.Points.Length; i++)
        {
            var (x, y) = line.Points[i];
            below += y > 0 && y < high / LogarithmicRatio ? line.Points[i + 1].X - x : 0;
        }

        return below >= LogarithmicShare * line.Points[^1].X;
    }
}
