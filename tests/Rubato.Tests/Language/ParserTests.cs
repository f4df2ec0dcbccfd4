using System.Collections.Immutable;
using Rubato.Language;
using Rubato.Schedules;
using static Rubato.Duration;

namespace Rubato.Tests.Language;

public sealed partial class ParserTests
{
    private static readonly ScheduleFunctions Functions = ScheduleFunctions.None.With("my-decay", share => 1 - share);

    private static readonly ImmutableArray<(string Text, Schedule Expected)> Canonical =
    [
        ("0.1", new Constant(0.1)),
        ("-0.5", new Constant(-0.5)),
        ("1e-5", new Constant(1e-5)),
        ("constant(0.1, 30ep)", new Constant(0.1, Epochs(30))),
        ("linear(0 -> 0.1, 5ep)", new Linear(0, 0.1, Epochs(5))),
        ("linear(0 -> -1)", new Linear(0, -1)),
        ("cosine(0.1 -> 0, 0.3dur)", new Cosine(0.1, 0, Share(0.3))),
        ("exponential(1e-5 -> 1, 100ba)", new Exponential(1e-5, 1, Batches(100))),
        ("sqrt(0.1 -> 0, 2000000sp)", new SquareRoot(0.1, 0, Samples(2e6))),
        ("polynomial(0.1 -> 0, power 2, 30ep)", new Polynomial(0.1, 0, 2, Epochs(30))),
        ("polynomial(0.1 -> 0, power 2)", new Polynomial(0.1, 0, 2)),
        ("exp(0.1, gamma 0.95, every 1ep)", new Exp(0.1, 0.95, Epochs(1))),
        ("exp(0.1, gamma 0.95, every 1ep, 9ep)", new Exp(0.1, 0.95, Epochs(1), Epochs(9))),
        ("step(0.1, gamma 0.1, every 30ep)", new Step(0.1, 0.1, Epochs(30))),
        ("step(0.1, gamma 0.1, every 30ep, 90ep)", new Step(0.1, 0.1, Epochs(30), Epochs(90))),
        ("inverse-time(0.1, rate 0.5, every 1ep)", new InverseTime(0.1, 0.5, Epochs(1))),
        ("inverse-time(0.1, rate 0.5, every 1ep, 9ep)", new InverseTime(0.1, 0.5, Epochs(1), Epochs(9))),
        ("inverse-sqrt(0.1, timescale 4000ba)", new InverseSquareRoot(0.1, Batches(4000))),
        ("inverse-sqrt(0.1, timescale 4000ba, 1dur)", new InverseSquareRoot(0.1, Batches(4000), Share(1))),
        ("multi-step(0.1, gamma 0.2, at 60ep 120ep 160ep)", new MultiStep(0.1, 0.2, [Epochs(60), Epochs(120), Epochs(160)])),
        ("table(0ep: 0.1, 60ep: 0.02)", new Table([new(Epochs(0), 0.1), new(Epochs(60), 0.02)])),
        ("table(0ep: 0, 5ep: 0.1, interpolate linear)", new Table([new(Epochs(0), 0), new(Epochs(5), 0.1)], Interpolation.Linear)),
        ("function(my-decay)", Functions.Create("my-decay", Rest)),
        ("function(my-decay, 30ep)", Functions.Create("my-decay", Epochs(30))),
        ("linear(0 -> 1, 5ep) then 1", new Sequence([new Linear(0, 1, Epochs(5)), 1])),
        ("0.5 * cosine(1 -> 0) * 2", new Product([0.5, new Cosine(1, 0), 2])),
        ("0.1 + cosine(1 -> 0)", new Sum([0.1, new Cosine(1, 0)])),
        ("2 * (1 + 3)", new Product([2, new Sum([1, 3])])),
        ("2 * 1 + 3", new Sum([new Product([2, 1]), 3])),
        ("(constant(1, 1ep) then 2) + 3", new Sum([new Sequence([new Constant(1, Epochs(1)), 2]), 3])),
        ("(constant(1, 1ep) then 2) * 3", new Product([new Sequence([new Constant(1, Epochs(1)), 2]), 3])),
        ("constant(1, 1ep) + 4 then 2 * 3", new Sequence([new Sum([new Constant(1, Epochs(1)), 4]), new Product([2, 3])])),
        ("clamp(exp(0.1, gamma 0.9, every 1ep), 0.0001..1)", new Clamp(new Exp(0.1, 0.9, Epochs(1)), 1e-4, 1)),
        ("clamp(constant(1, 1ep) then 2, -1..1)", new Clamp(new Sequence([new Constant(1, Epochs(1)), 2]), -1, 1)),
        ("repeat(cosine(0.1 -> 0, 10ep))", new Repeat(new Cosine(0.1, 0, Epochs(10)))),
        ("repeat(cosine(0.1 -> 0, 10ep), 3, lengthen 2, amplify 0.5)", new Repeat(new Cosine(0.1, 0, Epochs(10)), 3, 2, 0.5)),
        ("stretch(cosine(0.1 -> 0, 30ep), 0.5)", new Stretch(new Cosine(0.1, 0, Epochs(30)), 0.5)),
        ("delay(cosine(0.1 -> 0, 30ep), 5ep)", new Delay(new Cosine(0.1, 0, Epochs(30)), Epochs(5))),
        ("skip(cosine(0.1 -> 0, 30ep), 5ep)", new Skip(new Cosine(0.1, 0, Epochs(30)), Epochs(5))),
        ("over(cosine(0.1 -> 0), 10ep)", new Over(new Cosine(0.1, 0), Epochs(10))),
        ("over(cosine(0.1 -> 0))", new Over(new Cosine(0.1, 0))),
        ("triangular(0.001..0.006, step 2000ba)", new Triangular(0.001, 0.006, Batches(2000))),
        ("triangular(0.001..0.006, step 2ep, down 3ep, cycles 4)", new Triangular(0.001, 0.006, Epochs(2), Epochs(3), 4)),
        ("triangular2(0.001..0.006, step 2000ba)", new Triangular2(0.001, 0.006, Batches(2000))),
        ("triangular2(0.001..0.006, step 2ep, down 3ep, cycles 4)", new Triangular2(0.001, 0.006, Epochs(2), Epochs(3), 4)),
        ("exp-range(0.001..0.006, step 2000ba, gamma 0.99994)", new ExpRange(0.001, 0.006, Batches(2000), 0.99994)),
        (
            "exp-range(0.001..0.006, step 2ep, gamma 0.5, every 1ep, decays amplitude, down 3ep, cycles 4)",
            new ExpRange(0.001, 0.006, Epochs(2), 0.5, Epochs(1), Decaying.Amplitude, Epochs(3), 4)),
        ("one-cycle(0.1)", new OneCycle(0.1)),
        (
            "one-cycle(0.1, pct 0.45, div 10, final-div 100, phases 3, anneal linear, 30ep)",
            new OneCycle(0.1, 0.45, 10, 100, 3, Anneal.Linear, Epochs(30))),
        ("one-cycle-momentum(0.85..0.95)", new OneCycleMomentum()),
        ("one-cycle-momentum(0.8..0.9, pct 0.45, phases 3, anneal linear, 30ep)", new OneCycleMomentum(0.8, 0.9, 0.45, 3, Anneal.Linear, Epochs(30))),
        ("sgdr(0.1 -> 0, first 10ep, mult 2)", new WarmRestarts(0.1, 0, Epochs(10), 2)),
        ("sgdr(0.1 -> 0, cycles 3)", new WarmRestarts(0.1, 0, Rest, 1, 3)),
        ("wsd(0.1, warmup 2ep, decay 0.2dur)", new WarmupStableDecay(0.1, Epochs(2), Share(0.2))),
        ("wsd(0.1, warmup 2ep, decay 0.2dur, shape linear)", new WarmupStableDecay(0.1, Epochs(2), Share(0.2), DecayShape.Linear)),
        (
            "wsd(0.1, warmup 2ep, decay 1ep, shape cosine, final 0.01, stable 5ep)",
            new WarmupStableDecay(0.1, Epochs(2), Epochs(1), DecayShape.Cosine, 0.01, Epochs(5))),
        ("flat-cosine(0.1 -> 0, flat 0.75dur)", new FlatThenAnneal(0.1, 0, Share(0.75))),
        ("flat-cosine(0.1 -> 0, flat 6ep, 2ep)", new FlatThenAnneal(0.1, 0, Epochs(6), Epochs(2))),
        ("warmup(cosine(0.1 -> 0), 5ep)", new Warmup(new Cosine(0.1, 0), Epochs(5))),
        ("warmup(0.1, 5ep, from 0.2)", new Warmup(0.1, Epochs(5), 0.2)),
        ("staged(8000ba: 0.1, 6000ba: 0.01)", new Staged([new(Batches(8000), 0.1), new(Batches(6000), 0.01)])),
        ("staged(2ep: constant(1, 1ep) then 2, rest: 3)", new Staged([new(Epochs(2), new Sequence([new Constant(1, Epochs(1)), 2])), new(Rest, 3)])),
    ];

    public static TheoryData<string> CanonicalTexts => [.. Canonical.Select(row => row.Text)];

    [Theory]
    [MemberData(nameof(CanonicalTexts))]
    public void Parse_CanonicalText_IsTheSchedule(string text) =>
        Assert.Equal(Canonical.Single(row => row.Text == text).Expected, Schedule.Parse(text, Functions));

    [Theory]
    [MemberData(nameof(CanonicalTexts))]
    public void Print_Schedule_IsItsCanonicalText(string text) =>
        Assert.Equal(text, Canonical.Single(row => row.Text == text).Expected.ToString());

    [Theory]
    [InlineData("  0.1\t", "0.1")]
    [InlineData(".5", "0.5")]
    [InlineData("1e-5", "1e-5")]
    [InlineData("1E+2", "100")]
    [InlineData("((0.1))", "0.1")]
    [InlineData("linear(0->0.1,5ep)", "linear(0 -> 0.1, 5ep)")]
    [InlineData("linear ( 0 -> 0.1 ,\n 5 ep )", "linear(0 -> 0.1, 5ep)")]
    [InlineData("linear(0 -> 0.1, 5e0ep)", "linear(0 -> 0.1, 5ep)")]
    [InlineData("linear(0 -> 0.1, rest)", "linear(0 -> 0.1)")]
    [InlineData("linear(0->-.1)", "linear(0 -> -0.1)")]
    [InlineData("constant(0.1)", "0.1")]
    [InlineData("constant(0.1, rest)", "0.1")]
    [InlineData("clamp(1, .1...5)", "clamp(1, 0.1..0.5)")]
    [InlineData("clamp(1, 1e-4 .. 1)", "clamp(1, 0.0001..1)")]
    [InlineData("step(1, every 3ep, gamma 0.1)", "step(1, gamma 0.1, every 3ep)")]
    [InlineData("step(1, 9ep, every 3ep, gamma 0.1)", "step(1, gamma 0.1, every 3ep, 9ep)")]
    [InlineData("polynomial(1 -> 0, 9ep, power 2)", "polynomial(1 -> 0, power 2, 9ep)")]
    [InlineData("multi-step(1, at 1ep 2 ep, gamma 0.1)", "multi-step(1, gamma 0.1, at 1ep 2ep)")]
    [InlineData("table(interpolate none, 0ep: 1)", "table(0ep: 1)")]
    [InlineData("exp-range(0..1, step 1ep, gamma 0.5, every 1ba, decays both)", "exp-range(0..1, step 1ep, gamma 0.5)")]
    [InlineData("one-cycle(1, pct 0.3, div 25, final-div 10000, phases 2, anneal cosine)", "one-cycle(1)")]
    [InlineData("sgdr(1 -> 0, mult 1, first 1ep)", "sgdr(1 -> 0, first 1ep)")]
    [InlineData("wsd(1, decay 1ep, warmup 1ep, shape sqrt, final 0, stable rest)", "wsd(1, warmup 1ep, decay 1ep)")]
    [InlineData("repeat(cosine(1 -> 0, 1ep), amplify 1, 3, lengthen 1)", "repeat(cosine(1 -> 0, 1ep), 3)")]
    [InlineData("warmup(1, from 0, 1ep)", "warmup(1, 1ep)")]
    [InlineData("1 + (2 + 3)", "1 + 2 + 3")]
    [InlineData("1 * (2 * 3)", "1 * 2 * 3")]
    [InlineData("1 + (2 * 3)", "1 + 2 * 3")]
    [InlineData("1 +2", "1 + 2")]
    [InlineData("1*-2", "1 * -2")]
    [InlineData("linear(0->1,1ep) then (linear(1->2,1ep) then 2)", "linear(0 -> 1, 1ep) then linear(1 -> 2, 1ep) then 2")]
    public void Parse_FreelyWrittenText_PrintsCanonically(string text, string canonical) =>
        Assert.Equal(canonical, Schedule.Parse(text).ToString());

    [Fact]
    public void Parse_ConcatenationByThen_IsThen()
    {
        var (a, b) = (new Linear(0, 1, Epochs(1)), new Cosine(1, 0));
        Assert.Equal(a.Then(b), Schedule.Parse($"{a} then {b}"));
        Assert.Equal(a * b, Schedule.Parse($"{a} * {b}"));
        Assert.Equal(a + b, Schedule.Parse($"{a} + {b}"));
    }

    [Fact]
    public void Parse_HundredLevels_AreRead() =>
        Assert.Equal(1, Schedule.Parse(new string('(', 100) + "1" + new string(')', 100)));

    [Fact]
    public void Forms_EveryOne_ReadsItsOwnExample()
    {
        Assert.All(Forms.All, form => Assert.StartsWith(form.Name + "(", Schedule.Parse(form.Example, Functions).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Forms_EveryOne_IsInTheTable() =>
        Assert.All(Forms.All, form => Assert.Contains(Canonical, row => row.Text.StartsWith(form.Name + "(", StringComparison.Ordinal)));
}
