using Rubato.Rewrites;

namespace Rubato.Tests.Language;

public sealed partial class RewriteFormsTests
{
    public static TheoryData<string, ExponentialRewrite> ExponentialForms => new()
    {
        { "exponential", new ExponentialRewrite() },
        { "texp", new ExponentialRewrite(ExponentialForm.Steps) },
        { "texp--", new ExponentialRewrite(ExponentialForm.StepsWithoutDrops) },
        { "texp(corrections none)", new ExponentialRewrite(ExponentialForm.Steps) { IsCorrected = false } },
        { "texp--(corrections none)", new ExponentialRewrite(ExponentialForm.StepsWithoutDrops) { IsCorrected = false } },
    };

    [Theory]
    [MemberData(nameof(ExponentialForms))]
    public void Parse_ExponentialText_TheRewriteAndBack(string text, ExponentialRewrite rewrite)
    {
        Assert.Equal(rewrite, ExponentialRewrite.Parse(text));
        Assert.Equal(text, rewrite.ToString());
    }

    [Theory]
    [InlineData(" exponential ( ) ", "exponential")]
    [InlineData("texp(corrections all)", "texp")]
    [InlineData("texp--( corrections  none )", "texp--(corrections none)")]
    [InlineData("exponential(corrections all)", "exponential")]
    public void Parse_OtherWritingOfAnExponentialForm_CanonicalText(string text, string canonical) => Assert.Equal(canonical, ExponentialRewrite.Parse(text).ToString());

    [Theory]
    [InlineData("", 1, "there is no exponential form ''; write exponential, texp or texp--.")]
    [InlineData("grow-batch", 1, "there is no exponential form 'grow-batch'; write exponential, texp or texp--.")]
    [InlineData(" exponental", 2, "there is no exponential form 'exponental'; write exponential, texp or texp--. Did you mean 'exponential'?")]
    [InlineData("exponential(0.1 -> 0.01)", 13, "expected one of the options corrections, but found '0.1'.")]
    [InlineData("exponential(corrections none)", 13, "exponential: there are no corrections to leave out, since an empty buffer fits; leave them out of texp or texp--.")]
    [InlineData("texp(max 5)", 6, "texp has no option 'max'; its options are corrections.")]
    [InlineData("texp(corrections some)", 18, "expected all or none after 'corrections', but found 'some'.")]
    [InlineData("texp(corrections all, corrections none)", 23, "the option 'corrections' stands there twice; leave one out.")]
    [InlineData("texp, texp", 5, "expected the end after 'texp', but found ','.")]
    [InlineData("texp(corrections none", 22, "expected ',' or ')', but the text ends.")]
    public void Parse_WrongExponentialForm_OneSentence(string text, int column, string finding) => Assert.Equal(
        $"--rewrite '{text}', column {column}: {finding}",
        Assert.Throws<InvalidInputException>(() => ExponentialRewrite.Parse(text, "--rewrite")).Message);
}
