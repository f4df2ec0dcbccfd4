using Rubato.Rewrites;

namespace Rubato.Tests.Language;

public sealed partial class RewriteFormsTests
{
    public static TheoryData<string, PlanRewrite> Forms => new()
    {
        { "grow-batch", new GrowBatch() },
        { "grow-batch(max 5120)", new GrowBatch { MaxBatch = 5120 } },
        { "grow-batch(max 5120, multiple 32, form exact, first 1, ratio 1.5)", new GrowBatch { MaxBatch = 5120, Multiple = 32, Form = NoiseForm.Exact, First = 1, Ratio = 1.5 } },
        { "scale-batch(5)", new ScaleBatch(5) },
        { "scale-batch(0.5, multiple 8, rule square-root)", new ScaleBatch(0.5) { Multiple = 8, Rule = RateRule.SquareRoot } },
        { "raise-momentum(0.98)", new RaiseMomentum(0.98) },
        { "raise-momentum(0, max 64, form exact)", new RaiseMomentum(0) { MaxBatch = 64, Form = NoiseForm.Exact } },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Parse_Text_TheRewriteAndBack(string text, PlanRewrite rewrite)
    {
        Assert.Equal(rewrite, PlanRewrite.Parse(text));
        Assert.Equal(text, rewrite.ToString());
    }

    [Theory]
    [InlineData(" grow-batch ( first 1,max 64 ) ", "grow-batch(max 64, first 1)")]
    [InlineData("grow-batch()", "grow-batch")]
    [InlineData("grow-batch(multiple 1, form small-batch, ratio 2)", "grow-batch(multiple 1)")]
    [InlineData("scale-batch(2e0,rule linear)", "scale-batch(2)")]
    public void Parse_OtherWriting_CanonicalText(string text, string canonical) => Assert.Equal(canonical, PlanRewrite.Parse(text).ToString());

    [Theory]
    [InlineData("grow-bach", 1, "there is no rewrite 'grow-bach'; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98). Did you mean 'grow-batch'?")]
    [InlineData("", 1, "there is no rewrite ''; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98).")]
    [InlineData("grow-batch(maxi 5)", 12, "grow-batch has no option 'maxi'; its options are max, multiple, form, first, ratio. Did you mean 'max'?")]
    [InlineData("grow-batch(max 0)", 16, "expected a whole number of at least 1 after 'max', but found '0'.")]
    [InlineData("grow-batch(first 1.5)", 18, "expected a whole number of at least 1 after 'first', but found '1.5'.")]
    [InlineData("grow-batch(ratio 1)", 12, "grow-batch: ratio must be a finite number above 1.")]
    [InlineData("grow-batch(max 5, max 6)", 19, "the option 'max' stands there twice; leave one out.")]
    [InlineData("grow-batch then 0.1", 12, "expected the end after 'grow-batch', but found 'then'.")]
    [InlineData("scale-batch", 12, "expected the factor in parentheses, as in scale-batch(5), but the text ends.")]
    [InlineData("scale-batch(0)", 1, "factor must be a finite number above 0.")]
    [InlineData("scale-batch(2, rule cube)", 21, "expected linear or square-root after 'rule', but found 'cube'.")]
    [InlineData("raise-momentum(1)", 1, "momentum must be at least 0 and below 1.")]
    public void Parse_Wrong_OneSentence(string text, int column, string finding)
    {
        var exception = Assert.Throws<InvalidInputException>(() => PlanRewrite.Parse(text));

        Assert.Equal($"rewrite '{text}', column {column}: {finding}", exception.Message);
    }

    [Fact]
    public void Parse_Subject_InTheMessage() =>
        Assert.StartsWith("--rewrite 'grow'", Assert.Throws<InvalidInputException>(() => PlanRewrite.Parse("grow", "--rewrite")).Message, StringComparison.Ordinal);
}
