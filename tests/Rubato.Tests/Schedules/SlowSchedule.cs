using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

/// <summary>
/// Schedules by their definitions, without a closed form: a sequence is walked part by part, a repetition cycle by cycle, and budgets are
/// worked out anew at each position.
/// </summary>
internal static class SlowSchedule
{
    // In the order in which the stronger decides for schedules at the same time.
    private enum Ending
    {
        Timeless,
        Own,
        Never,
        Rest,
    }

    internal static double At(Schedule schedule, double position) => Value(schedule, position, new Budget(double.NaN, double.NaN));

    private static double Value(Schedule schedule, double t, Budget budget) => schedule switch
    {
        Constant x => x.Value,
        Linear x => Curve(t, budget.Of(x.Length), x.To, share => x.From + ((x.To - x.From) * share)),
        Cosine x => Curve(t, budget.Of(x.Length), x.To, share => x.To + ((x.From - x.To) * (1 + Math.Cos(Math.PI * share)) / 2)),
        Exponential x => Curve(t, budget.Of(x.Length), x.To, share => Math.Exp(Math.Log(x.From) + ((Math.Log(x.To) - Math.Log(x.From)) * share))),
        SquareRoot x => Curve(t, budget.Of(x.Length), x.To, share => x.From + ((x.To - x.From) * Math.Sqrt(share))),
        Polynomial x => Curve(t, budget.Of(x.Length), x.To, share => x.To + ((x.From - x.To) * Math.Pow(1 - share, x.Power))),
        Function x => Curve(t, budget.Of(x.Length), ScheduleGenerator.Shape(x.Name)(1), ScheduleGenerator.Shape(x.Name)),
        Exp x => x.Initial * Math.Pow(x.Gamma, Math.Min(t, budget.OrEver(x.Length)) / budget.Of(x.Every)),
        Step x => Stairs(x.Initial, x.Gamma, Math.Min(t, budget.OrEver(x.Length)), budget.Of(x.Every)),
        InverseTime x => x.Initial / (1 + (x.Rate * Math.Min(t, budget.OrEver(x.Length)) / budget.Of(x.Every))),
        InverseSquareRoot x => x.Initial / Math.Sqrt(1 + (Math.Min(t, budget.OrEver(x.Length)) / budget.Of(x.Timescale))),
        MultiStep x => x.Milestones.Where(milestone => budget.Of(milestone) <= t).Aggregate(x.Initial, (value, _) => value * x.Gamma),
        Table x => Lookup(x, t, budget),
        Sequence x => InTurn(x, t, budget),
        Product x => x.Factors.Aggregate(1.0, (value, factor) => value * Value(factor, t, budget)),
        Sum x => x.Terms.Aggregate(0.0, (value, term) => value + Value(term, t, budget)),
        Clamp x => Math.Clamp(Value(x.Inner, t, budget), x.Minimum, x.Maximum),
        Repeat x => Again(x, t, budget),
        Stretch x => Value(x.Inner, t / x.Factor, budget.WithLeft(budget.Left / x.Factor)),
        Delay x => Value(x.Inner, Math.Max(t - budget.Of(x.By), 0), budget.WithLeft(budget.Left - budget.Of(x.By))),
        Skip x => Value(x.Inner, t + budget.Of(x.By), budget.WithLeft(budget.Left + budget.Of(x.By))),
        Over x => Value(x.Inner, Math.Min(t, budget.Of(x.Length)), new Budget(budget.Of(x.Length), budget.Of(x.Length))),
        Recipe x => Value(x.Expansion, t, budget),
        _ => throw new ArgumentException($"{schedule.GetType().Name} has no twin.", nameof(schedule)),
    };

    private static double Length(Schedule schedule, Budget budget) => schedule switch
    {
        Constant x => x.Length.IsRest ? 0 : budget.Of(x.Length),
        Linear x => budget.Of(x.Length),
        Cosine x => budget.Of(x.Length),
        Exponential x => budget.Of(x.Length),
        SquareRoot x => budget.Of(x.Length),
        Polynomial x => budget.Of(x.Length),
        Function x => budget.Of(x.Length),
        Exp x => budget.OrEver(x.Length),
        Step x => budget.OrEver(x.Length),
        InverseTime x => budget.OrEver(x.Length),
        InverseSquareRoot x => budget.OrEver(x.Length),
        MultiStep x => budget.Of(x.Milestones[^1]),
        Table x => budget.Of(x.Points[^1].At),
        Sequence x => Enumerable.Range(0, x.Parts.Length).Sum(i => PartLength(x, i, budget)),
        Product x => x.Factors.Max(factor => Length(factor, budget)),
        Sum x => x.Terms.Max(term => Length(term, budget)),
        Clamp x => Length(x.Inner, budget),
        Repeat x => x.Count is { } count ? Enumerable.Range(0, (int)count).Sum(cycle => CycleLength(x, cycle, budget)) : double.PositiveInfinity,
        Stretch x => x.Factor * Length(x.Inner, budget.WithLeft(budget.Left / x.Factor)),
        Delay x => budget.Of(x.By) + Length(x.Inner, budget.WithLeft(budget.Left - budget.Of(x.By))),
        Skip x => Math.Max(Length(x.Inner, budget.WithLeft(budget.Left + budget.Of(x.By))) - budget.Of(x.By), 0),
        Over x => budget.Of(x.Length),
        Recipe x => Length(x.Expansion, budget),
        _ => throw new ArgumentException($"{schedule.GetType().Name} has no twin.", nameof(schedule)),
    };

    private static Ending EndingOf(Schedule schedule) => schedule switch
    {
        Constant x => x.Length.IsRest ? Ending.Timeless : Ending.Own,
        Linear { Length.IsRest: true } or Cosine { Length.IsRest: true } or Exponential { Length.IsRest: true } => Ending.Rest,
        SquareRoot { Length.IsRest: true } or Polynomial { Length.IsRest: true } or Function { Length.IsRest: true } => Ending.Rest,
        Exp { Length.IsRest: true } or Step { Length.IsRest: true } => Ending.Never,
        InverseTime { Length.IsRest: true } or InverseSquareRoot { Length.IsRest: true } => Ending.Never,
        Sequence x when EndingOf(x.Parts[^1]) == Ending.Never => Ending.Never,
        Sequence x => x.Parts.Index().Any(part => IsElastic(x, part.Index)) ? Ending.Rest : Ending.Own,
        Product x => x.Factors.Max(EndingOf),
        Sum x => x.Terms.Max(EndingOf),
        Clamp x => EndingOf(x.Inner),
        Repeat x => x.Count is null ? Ending.Never : EndingOf(x.Body) == Ending.Own ? Ending.Own : Ending.Rest,
        Stretch x => EndingOf(x.Inner),
        Delay x => EndingOf(x.Inner) == Ending.Timeless ? Ending.Own : EndingOf(x.Inner),
        Skip x => EndingOf(x.Inner),
        Over x => x.Length.IsRest ? Ending.Rest : Ending.Own,
        Recipe x => EndingOf(x.Expansion),
        _ => Ending.Own,
    };

    private static double Curve(double t, double length, double last, Func<double, double> shape) => t < length ? shape(t / length) : last;

    private static double Stairs(double value, double gamma, double t, double every)
    {
        for (; t >= every && value != 0 && gamma != 1; t -= every)
        {
            value *= gamma;
        }

        return value;
    }

    private static double Lookup(Table table, double t, Budget budget)
    {
        var next = table.Points.Count(point => budget.Of(point.At) <= t);
        if (next == 0 || next == table.Points.Length || table.Interpolation == Interpolation.None)
        {
            return table.Points[Math.Max(next - 1, 0)].Value;
        }

        var (before, after) = (table.Points[next - 1], table.Points[next]);
        var share = (t - budget.Of(before.At)) / (budget.Of(after.At) - budget.Of(before.At));
        return (before.Value * (1 - share)) + (after.Value * share);
    }

    private static double InTurn(Sequence sequence, double t, Budget budget)
    {
        var part = 0;
        for (; part + 1 < sequence.Parts.Length && t >= PartLength(sequence, part, budget); part++)
        {
            t -= PartLength(sequence, part, budget);
        }

        return Value(sequence.Parts[part], t, IsElastic(sequence, part) ? budget.WithLeft(LeftTo(sequence, part, budget)) : budget);
    }

    private static double PartLength(Sequence sequence, int part, Budget budget) =>
        !IsElastic(sequence, part) ? Length(sequence.Parts[part], budget)
        : part + 1 < sequence.Parts.Length ? LeftTo(sequence, part, budget)
        : Length(sequence.Parts[part], budget.WithLeft(LeftTo(sequence, part, budget)));

    private static bool IsElastic(Sequence sequence, int part) =>
        EndingOf(sequence.Parts[part]) is Ending.Rest || (part + 1 < sequence.Parts.Length && EndingOf(sequence.Parts[part]) != Ending.Own);

    private static double LeftTo(Sequence sequence, int elastic, Budget budget) =>
        budget.Left - sequence.Parts.Index().Where(part => part.Index != elastic).Sum(part => Length(part.Item, budget));

    private static double Again(Repeat repeat, double t, Budget budget)
    {
        var (cycle, longer, larger) = (0L, 1.0, 1.0);
        var body = CycleLength(repeat, 0, budget);
        for (; t >= body * longer && (repeat.Count is not { } count || cycle + 1 < count); cycle++)
        {
            t -= body * longer;
            longer *= repeat.Lengthen;
            larger *= repeat.Amplify;
        }

        return larger * Value(repeat.Body, Math.Min(t / longer, body), BodyBudget(repeat, budget));
    }

    private static double CycleLength(Repeat repeat, int cycle, Budget budget)
    {
        var inner = BodyBudget(repeat, budget);
        var body = EndingOf(repeat.Body) != Ending.Own ? inner.Left : Length(repeat.Body, inner);
        return body * Math.Pow(repeat.Lengthen, cycle);
    }

    private static Budget BodyBudget(Repeat repeat, Budget budget) =>
        budget.WithLeft(budget.Left / Enumerable.Range(0, (int)(repeat.Count ?? 1)).Sum(cycle => Math.Pow(repeat.Lengthen, cycle)));

    // What is left for the rest, and what a share is a share of; NaN where there is no budget, and shares are what is counted.
    private readonly record struct Budget(double Left, double Whole)
    {
        internal Budget WithLeft(double left) => this with { Left = left };

        internal double OrEver(Duration length) => length.IsRest ? double.PositiveInfinity : Of(length);

        internal double Of(Duration length) =>
            length.IsRest ? Left : length.Unit == TimeUnit.Share && !double.IsNaN(Whole) ? length.Value * Whole : length.Value;
    }
}
