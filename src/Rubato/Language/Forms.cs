using System.Collections.Frozen;
using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>The forms of the language: one row each.</summary>
internal static class Forms
{
    /// <summary>Curves, combinators, recipes.</summary>
    internal static ImmutableArray<Form> All { get; } =
    [
        new("constant", "constant(0.1, 30ep)", Lead.Number, Bare.Length, a => new Constant(a.First, a.Length)),
        new("linear", "linear(0 -> 0.1, 5ep)", Lead.Arrow, Bare.Length, a => new Linear(a.First, a.Second, a.Length)),
        new("cosine", "cosine(0.1 -> 0, 30ep)", Lead.Arrow, Bare.Length, a => new Cosine(a.First, a.Second, a.Length)),
        new("exponential", "exponential(1e-5 -> 1, 0.5dur)", Lead.Arrow, Bare.Length, a => new Exponential(a.First, a.Second, a.Length)),
        new("sqrt", "sqrt(0.1 -> 0, 10ep)", Lead.Arrow, Bare.Length, a => new SquareRoot(a.First, a.Second, a.Length)),
        new(
            "polynomial", "polynomial(0.1 -> 0, power 2, 30ep)", Lead.Arrow, Bare.Length,
            a => new Polynomial(a.First, a.Second, a.Number("power"), a.Length),
            Number("power")),
        new(
            "exp", "exp(0.1, gamma 0.95, every 1ep)", Lead.Number, Bare.Length,
            a => new Exp(a.First, a.Number("gamma"), a.Duration("every"), a.Length),
            Number("gamma"), Duration("every")),
        new(
            "step", "step(0.1, gamma 0.1, every 30ep)", Lead.Number, Bare.Length,
            a => new Step(a.First, a.Number("gamma"), a.Duration("every"), a.Length),
            Number("gamma"), Duration("every")),
        new(
            "inverse-time", "inverse-time(0.1, rate 0.5, every 1ep)", Lead.Number, Bare.Length,
            a => new InverseTime(a.First, a.Number("rate"), a.Duration("every"), a.Length),
            Number("rate"), Duration("every")),
        new(
            "inverse-sqrt", "inverse-sqrt(0.1, timescale 4000ba)", Lead.Number, Bare.Length,
            a => new InverseSquareRoot(a.First, a.Duration("timescale"), a.Length),
            Duration("timescale")),
        new(
            "multi-step", "multi-step(0.1, gamma 0.2, at 60ep 120ep 160ep)", Lead.Number, Bare.None,
            a => new MultiStep(a.First, a.Number("gamma"), [.. a.Milestones]),
            Number("gamma"), Milestones("at")),
        new(
            "table", "table(0ep: 0.1, 60ep: 0.02)", Lead.None, Bare.Points,
            a => new Table([.. a.Points], a.Word("interpolate") == "linear" ? Interpolation.Linear : Interpolation.None),
            Word("interpolate", "none", "linear")),
        new("function", "function(my-decay, 30ep)", Lead.Function, Bare.Length, a => a.Functions.Create(a.Function, a.Length)),

        new(
            "clamp", "clamp(exp(0.1, gamma 0.9, every 1ep), 1e-4..1)", Lead.Schedule, Bare.Range,
            a => new Clamp(a.Inner, a.First, a.Second)),
        new(
            "repeat", "repeat(cosine(0.1 -> 0, 10ep), 3)", Lead.Schedule, Bare.Count,
            a => new Repeat(a.Inner, a.BareCount, a.Number("lengthen", 1), a.Number("amplify", 1)),
            OptionalNumber("lengthen"), OptionalNumber("amplify")),
        new("stretch", "stretch(cosine(0.1 -> 0, 30ep), 0.5)", Lead.Schedule, Bare.Number, a => new Stretch(a.Inner, a.Factor)),
        new("delay", "delay(cosine(0.1 -> 0, 30ep), 5ep)", Lead.Schedule, Bare.Duration, a => new Delay(a.Inner, a.Length)),
        new("skip", "skip(cosine(0.1 -> 0, 30ep), 5ep)", Lead.Schedule, Bare.Duration, a => new Skip(a.Inner, a.Length)),
        new("over", "over(one-cycle(0.1), 10ep)", Lead.Schedule, Bare.Length, a => new Over(a.Inner, a.Length)),

        new(
            "triangular", "triangular(0.001..0.006, step 2000ba)", Lead.Range, Bare.None,
            a => new Triangular(a.First, a.Second, a.Duration("step"), a.Duration("down"), a.Count("cycles")),
            Cyclical()),
        new(
            "triangular2", "triangular2(0.001..0.006, step 2000ba)", Lead.Range, Bare.None,
            a => new Triangular2(a.First, a.Second, a.Duration("step"), a.Duration("down"), a.Count("cycles")),
            Cyclical()),
        new(
            "exp-range", "exp-range(0.001..0.006, step 2000ba, gamma 0.99994)", Lead.Range, Bare.None,
            ExpRange,
            Cyclical(Number("gamma"), OptionalDuration("every"), Word("decays", "both", "amplitude"))),
        new(
            "one-cycle", "one-cycle(0.1, pct 0.3)", Lead.Number, Bare.Length,
            OneCycle,
            OptionalNumber("pct"), OptionalNumber("div"), OptionalNumber("final-div"),
            OptionalCount("phases"), Word("anneal", "cosine", "linear")),
        new(
            "one-cycle-momentum", "one-cycle-momentum(0.85..0.95)", Lead.Range, Bare.Length,
            a => new OneCycleMomentum(a.First, a.Second, a.Number("pct", 0.3), Phases(a), Annealing(a), a.Length),
            OptionalNumber("pct"), OptionalCount("phases"), Word("anneal", "cosine", "linear")),
        new(
            "sgdr", "sgdr(0.1 -> 0, first 10ep, mult 2)", Lead.Arrow, Bare.None,
            a => new WarmRestarts(a.First, a.Second, a.Duration("first"), a.Number("mult", 1), a.Count("cycles")),
            OptionalDuration("first"), OptionalNumber("mult"), OptionalCount("cycles")),
        new(
            "wsd", "wsd(0.1, warmup 2ep, decay 0.2dur)", Lead.Number, Bare.None,
            WarmupStableDecay,
            Duration("warmup"), Duration("decay"), Word("shape", "sqrt", "linear", "cosine"), OptionalNumber("final"),
            OptionalDuration("stable")),
        new(
            "flat-cosine", "flat-cosine(0.1 -> 0, flat 0.75dur)", Lead.Arrow, Bare.Length,
            a => new FlatThenAnneal(a.First, a.Second, a.Duration("flat"), a.Length),
            Duration("flat")),
        new(
            "warmup", "warmup(cosine(0.1 -> 0), 5ep)", Lead.Schedule, Bare.Duration,
            a => new Warmup(a.Inner, a.Length, a.Number("from")),
            OptionalNumber("from")),
        new("staged", "staged(8000ba: 0.1, 6000ba: 0.01)", Lead.None, Bare.Stages, a => new Staged([.. a.Stages])),
    ];

    private static readonly FrozenDictionary<string, Form> ByName = All.ToFrozenDictionary(form => form.Name, StringComparer.Ordinal);

    /// <summary>The form of a name; null where there is none.</summary>
    internal static Form? Find(string name) => ByName.GetValueOrDefault(name);

    private static FormOption<Arguments> Number(string name) => OptionalNumber(name) with { IsRequired = true };

    private static FormOption<Arguments> Duration(string name) => OptionalDuration(name) with { IsRequired = true };

    private static FormOption<Arguments> OptionalNumber(string name) =>
        FormOption<Arguments>.Number(name, a => a.Number(name), (a, number) => a.Set(name, number));

    private static FormOption<Arguments> OptionalDuration(string name) =>
        FormOption<Arguments>.Duration(name, a => a.Duration(name), (a, duration) => a.Set(name, duration));

    private static FormOption<Arguments> OptionalCount(string name) =>
        FormOption<Arguments>.Size(name, a => a.Count(name), (a, count) => a.Set(name, count));

    private static FormOption<Arguments> Word(string name, params ReadOnlySpan<string> words) =>
        FormOption<Arguments>.Word(name, a => a.Word(name), (a, word) => a.Set(name, word), [.. words.ToArray().Select(word => (word, word))]);

    private static FormOption<Arguments> Milestones(string name) =>
        new(name, (reader, a) => a.Add(reader.TakeDurations(name)), a => string.Join(' ', a.Milestones)) { IsRequired = true };

    private static ImmutableArray<FormOption<Arguments>> Cyclical(params ReadOnlySpan<FormOption<Arguments>> more) =>
        [Duration("step"), .. more, OptionalDuration("down"), OptionalCount("cycles")];

    private static ExpRange ExpRange(Arguments a) => new(
        a.First,
        a.Second,
        a.Duration("step"),
        a.Number("gamma"),
        a.Duration("every"),
        a.Word("decays") == "amplitude" ? Decaying.Amplitude : Decaying.Both,
        a.Duration("down"),
        a.Count("cycles"));

    private static OneCycle OneCycle(Arguments a) => new(
        a.First, a.Number("pct", 0.3), a.Number("div", 25), a.Number("final-div", 1e4), Phases(a), Annealing(a), a.Length);

    private static WarmupStableDecay WarmupStableDecay(Arguments a)
    {
        var shape = a.Word("shape") switch
        {
            "linear" => DecayShape.Linear,
            "cosine" => DecayShape.Cosine,
            _ => DecayShape.SquareRoot,
        };
        return new WarmupStableDecay(a.First, a.Duration("warmup"), a.Duration("decay"), shape, a.Number("final"), a.Duration("stable"));
    }

    private static int Phases(Arguments a) => (int)Math.Min(a.Count("phases") ?? 2, int.MaxValue);

    private static Anneal Annealing(Arguments a) => a.Word("anneal") == "linear" ? Anneal.Linear : Anneal.Cosine;
}
