using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rubato.Numerics;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>Writes text that reads back to an equal value: shortest numbers, no more parentheses than needed, and nothing that may be left out.</summary>
internal static class Printer
{
    /// <summary><c>name(argument, ...)</c>, or the name alone; arguments that are empty are left out.</summary>
    internal static string Call(string name, params IEnumerable<string> arguments)
    {
        string[] written = [.. arguments.Where(argument => argument.Length > 0)];
        return written.Length == 0 ? name : $"{name}({string.Join(", ", written)})";
    }

    /// <summary>The options in which a value differs from the usual one, in their order.</summary>
    internal static IReadOnlyList<string> Changed<T>(ImmutableArray<FormOption<T>> options, T value, T usual) =>
    [
        .. from option in options
           let written = option.Print(value)
           where written.Length > 0 && written != option.Print(usual)
           select $"{option.Name} {written}",
    ];

    /// <summary>The text of a schedule.</summary>
    internal static string Print(Schedule schedule) => schedule switch
    {
        Sequence s => string.Join(" then ", s.Parts.Select(Print)),
        Sum s => string.Join(" + ", s.Terms.Select(term => Part(term, term is Sequence))),
        Product s => string.Join(" * ", s.Factors.Select(factor => Part(factor, factor is Sequence or Sum))),
        Clamp s => Call("clamp", Print(s.Inner), Range(s.Minimum, s.Maximum)),
        Repeat s => Call("repeat", Print(s.Body), Count(s.Count), Unless(1, "lengthen", s.Lengthen), Unless(1, "amplify", s.Amplify)),
        Stretch s => Call("stretch", Print(s.Inner), Number(s.Factor)),
        Delay s => Call("delay", Print(s.Inner), $"{s.By}"),
        Skip s => Call("skip", Print(s.Inner), $"{s.By}"),
        Over s => Call("over", Print(s.Inner), Length(s.Length)),
        Recipe recipe => PrintRecipe(recipe),
        BaseSchedule => BaseSchedule.Word,
        _ => PrintCurve(schedule),
    };

    private static string PrintCurve(Schedule schedule) => schedule switch
    {
        Constant { Length.IsRest: true } s => Number(s.Value),
        Constant s => Call("constant", Number(s.Value), Length(s.Length)),
        Linear s => Call("linear", Arrow(s.From, s.To), Length(s.Length)),
        Cosine s => Call("cosine", Arrow(s.From, s.To), Length(s.Length)),
        Exponential s => Call("exponential", Arrow(s.From, s.To), Length(s.Length)),
        SquareRoot s => Call("sqrt", Arrow(s.From, s.To), Length(s.Length)),
        Polynomial s => Call("polynomial", Arrow(s.From, s.To), Always("power", s.Power), Length(s.Length)),
        Exp s => Call("exp", Number(s.Initial), Always("gamma", s.Gamma), $"every {s.Every}", Length(s.Length)),
        Step s => Call("step", Number(s.Initial), Always("gamma", s.Gamma), $"every {s.Every}", Length(s.Length)),
        InverseTime s => Call("inverse-time", Number(s.Initial), Always("rate", s.Rate), $"every {s.Every}", Length(s.Length)),
        InverseSquareRoot s => Call("inverse-sqrt", Number(s.Initial), $"timescale {s.Timescale}", Length(s.Length)),
        MultiStep s => Call("multi-step", Number(s.Initial), Always("gamma", s.Gamma), $"at {string.Join(' ', s.Milestones)}"),
        Table s => Call(
            "table",
            [.. s.Points.Select(point => $"{point.At}: {Number(point.Value)}"), s.Interpolation == Interpolation.Linear ? "interpolate linear" : ""]),
        Function s => Call("function", s.Name, Length(s.Length)),
        _ => throw new UnreachableException($"{schedule.GetType().Name} has no text form."),
    };

    private static string PrintRecipe(Recipe recipe) => recipe switch
    {
        Triangular s => Call(
            "triangular", Range(s.BaseLr, s.MaxLr), $"step {s.StepSize}", Unless("down", s.StepSizeDown), Unless("cycles", s.Cycles)),
        Triangular2 s => Call(
            "triangular2", Range(s.BaseLr, s.MaxLr), $"step {s.StepSize}", Unless("down", s.StepSizeDown), Unless("cycles", s.Cycles)),
        ExpRange s => Call(
            "exp-range",
            Range(s.BaseLr, s.MaxLr),
            $"step {s.StepSize}",
            Always("gamma", s.Gamma),
            s.Every == Duration.Batches(1) ? "" : $"every {s.Every}",
            s.Decays == Decaying.Amplitude ? "decays amplitude" : "",
            Unless("down", s.StepSizeDown),
            Unless("cycles", s.Cycles)),
        OneCycle s => Call(
            "one-cycle",
            Number(s.MaxLr),
            Unless(0.3, "pct", s.PctStart),
            Unless(25, "div", s.DivFactor),
            Unless(1e4, "final-div", s.FinalDivFactor),
            Unless(2, "phases", s.Phases),
            s.Anneal == Anneal.Linear ? "anneal linear" : "",
            Length(s.Length)),
        OneCycleMomentum s => Call(
            "one-cycle-momentum",
            Range(s.BaseMomentum, s.MaxMomentum),
            Unless(0.3, "pct", s.PctStart),
            Unless(2, "phases", s.Phases),
            s.Anneal == Anneal.Linear ? "anneal linear" : "",
            Length(s.Length)),
        WarmRestarts s => Call("sgdr", Arrow(s.MaxLr, s.MinLr), Unless("first", s.First), Unless(1, "mult", s.Mult), Unless("cycles", s.Cycles)),
        WarmupStableDecay s => Call(
            "wsd",
            Number(s.Peak),
            $"warmup {s.Warmup}",
            $"decay {s.Decay}",
            s.Shape switch { DecayShape.Linear => "shape linear", DecayShape.Cosine => "shape cosine", _ => "" },
            Unless(0, "final", s.Final),
            Unless("stable", s.Stable)),
        FlatThenAnneal s => Call("flat-cosine", Arrow(s.From, s.To), $"flat {s.Flat}", Length(s.Length)),
        Warmup s => Call("warmup", Print(s.Inner), $"{s.Length}", Unless(0, "from", s.From)),
        Staged s => Call("staged", [.. s.Stages.Select(stage => $"{stage.Length}: {Print(stage.Policy)}")]),
        _ => throw new UnreachableException($"{recipe.GetType().Name} has no text form."),
    };

    private static string Part(Schedule schedule, bool needsParentheses) => needsParentheses ? $"({Print(schedule)})" : Print(schedule);

    private static string Number(double value) => ExactNumber.Text(value);

    private static string Arrow(double from, double to) => $"{Number(from)} -> {Number(to)}";

    private static string Range(double low, double high) => $"{Number(low)}..{Number(high)}";

    private static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Length(Duration length) => length.IsRest ? "" : length.ToString();

    private static string Always(string keyword, double value) => $"{keyword} {Number(value)}";

    private static string Unless(double usual, string keyword, double value) => value.Equals(usual) ? "" : Always(keyword, value);

    private static string Unless(string keyword, Duration duration) => duration.IsRest ? "" : $"{keyword} {duration}";

    private static string Unless(string keyword, long? count) => count is null ? "" : $"{keyword} {Count(count)}";
}
