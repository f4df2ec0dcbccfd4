using Rubato.Language;
using Rubato.Rewrites;

namespace Rubato.Tests.Language;

public sealed class ColonOptionsTests
{
    [Theory]
    [InlineData("mlp(256, norm: batch)", "norm batch", "norm: batch")]
    [InlineData("mlp( norm :batch )", "norm batch", "norm: batch")]
    [InlineData("glyphs(seed: -7)", "seed -7", "seed: -7")]
    [InlineData("exp(0.1, gamma: 0.9, every 1ep)", "gamma 0.9", "gamma: 0.9")]
    [InlineData("warmup(step(0.1, gamma: 0.1, every 30ep), 5ep)", "gamma 0.1", "gamma: 0.1")]
    [InlineData("*.bias(lr: warmup(base, 5ep), momentum 0)", "lr warmup(base, 5ep)", "lr: warmup(base, 5ep)")]
    [InlineData("grow-batch(max 5, first: 1", "first 1", "first: 1")]
    public void NotesOn_AColon_SaysTheForm(string text, string written, string old) =>
        Assert.Equal([$"options are written '{written}'; '{old}' is read in this version only."], ColonOptions.NotesOn(text));

    [Fact]
    public void NotesOn_SeveralColons_EachInItsOrder() => Assert.Equal(
        ["lr 1", "momentum 0"], ColonOptions.NotesOn("a(lr: 1); b(momentum: 0)").Select(note => note.Split('\'')[1]));

    [Theory]
    [InlineData("")]
    [InlineData("mlp(256, norm batch)")]
    [InlineData("table(0ep: 0.1, 60ep: 0.02)")]
    [InlineData("staged(8000ba: 0.1, rest: 0.01)")]
    [InlineData("csv:my data (a, b: c).csv")]
    [InlineData("mnist:data/mnist")]
    [InlineData("mlp(norm:")]
    [InlineData("grow-batch, first: 1")]
    public void NotesOn_NoOptionWithAColon_None(string text) => Assert.Empty(ColonOptions.NotesOn(text));

    [Theory]
    [InlineData("mlp(256, norm: batch)", "mlp(256, norm batch)")]
    [InlineData("glyphs( seed:7 ,train :  20)", "glyphs( seed 7 ,train 20)")]
    [InlineData("*.bias(lr: table(0ep: 1), momentum 0)", "*.bias(lr table(0ep: 1), momentum 0)")]
    [InlineData("csv:my data (a, b: c).csv", "csv:my data (a, b: c).csv")]
    [InlineData("mlp(norm:)", "mlp(norm:)")]
    public void Without_Text_BlanksForColons(string text, string expected) => Assert.Equal(expected, ColonOptions.Without(text));

    [Theory]
    [InlineData("exp(0.1, gamma: 0.9, every: 1ep)")]
    [InlineData("one-cycle(0.1, anneal: linear, phases: 3, 30ep)")]
    [InlineData("multi-step(0.1, gamma 0.2, at: 60ep 120ep)")]
    public void Parse_ColonsInSchedules_TheSameSchedule(string text) =>
        Assert.Equal(Schedule.Parse(text.Replace(":", "", StringComparison.Ordinal)), Schedule.Parse(text));

    [Theory]
    [InlineData("autowarmup(paper, max-lr: 10, patience: 3)")]
    [InlineData("plateau(0.1, factor: 0.5)")]
    public void Parse_ColonsInRates_TheSameRate(string text) => Assert.Equal(Rate.Parse(text.Replace(":", "", StringComparison.Ordinal)), Rate.Parse(text));

    [Fact]
    public void Parse_ColonsElsewhere_TheSameValue()
    {
        Assert.Equal(Batch.Parse("adaptive(128, max 4096)"), Batch.Parse("adaptive(128, max: 4096)"));
        Assert.Equal(RewriteSequence.Parse("grow-batch(max 5), texp(corrections none)"), RewriteSequence.Parse("grow-batch(max: 5), texp(corrections: none)"));
        Assert.Equal(ParameterGroups.Parse("b(lr 1)"), ParameterGroups.Parse("b(lr: 1)"));
    }
}
