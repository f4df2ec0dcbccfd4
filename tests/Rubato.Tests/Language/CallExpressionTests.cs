using FsCheck;
using FsCheck.Fluent;
using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed class CallExpressionTests
{
    [Theory]
    [InlineData("mlp", "mlp")]
    [InlineData("  mlp  ", "mlp")]
    [InlineData("cifar10-quick_2", "cifar10-quick_2")]
    [InlineData("mlp(1)", "mlp(1)")]
    [InlineData("mlp (1,2 ,3)", "mlp(1, 2, 3)")]
    [InlineData("mlp( 1 , k : v ) ", "mlp(1, k v)")]
    [InlineData("a(k:v,l:w)", "a(k v, l w)")]
    [InlineData("a(k  v,l -0.5)", "a(k v, l -0.5)")]
    [InlineData("csv(data/my file.csv)", "csv(data/my file.csv)")]
    [InlineData("a(file my data.csv)", "a(file my data.csv)")]
    public void Parse_ValidForms_CanonicalText(string text, string canonical) => Assert.Equal(canonical, CallExpression.Parse(text, "--x").ToString());

    [Theory]
    [InlineData("mlp", true)]
    [InlineData(" mlp ", true)]
    [InlineData("mlp(1)", false)]
    [InlineData("mlp(k v)", false)]
    public void IsBare_NameAlone(string text, bool expected) => Assert.Equal(expected, CallExpression.Parse(text, "--x").IsBare);

    [Theory]
    [InlineData("crop( 4 )", "4")]
    [InlineData("csv(data/my file.csv)", "data/my file.csv")]
    [InlineData("crop", null)]
    [InlineData("crop(4, 5)", null)]
    [InlineData("crop(4, k v)", null)]
    [InlineData("crop(k v)", null)]
    public void OnlyValue_OneAndNothingElse_AsItStands(string text, string? expected) =>
        Assert.Equal(expected, CallExpression.Parse(text, "--x").OnlyValue);

    [Theory]
    [InlineData("flip", "flip")]
    [InlineData(" flip ,crop( 2 , k v), none ", "flip", "crop(2, k v)", "none")]
    public void ParseEach_Several_InTheirOrder(string text, params string[] expected) =>
        Assert.Equal(expected, CallExpression.ParseEach(text, "--x").Select(expression => expression.ToString()));

    [Theory]
    [InlineData("", "column 1: expected a name, but the text ends.")]
    [InlineData("a,", "column 3: expected a name, but the text ends.")]
    [InlineData("a, (1)", "column 4: expected a name, but found '('.")]
    [InlineData("a, b c", "column 6: expected ',', the end, or an opening parenthesis after the name, but found 'c'.")]
    [InlineData("a, b(1) c", "column 9: expected ',' or the end, but found 'c'.")]
    public void ParseEach_OtherText_TheColumnInTheWhole(string text, string message) =>
        Assert.Equal(
            $"--x '{text}', {message}", Assert.Throws<InvalidInputException>(() => CallExpression.ParseEach(text, "--x")).Message);

    [Theory]
    [InlineData("", "column 1: expected a name, but the text ends.")]
    [InlineData("  ", "column 3: expected a name, but the text ends.")]
    [InlineData("(1)", "column 1: expected a name, but found '('.")]
    [InlineData(" ä", "column 2: expected a name, but found 'ä'.")]
    [InlineData("a b", "column 3: expected the end, or an opening parenthesis after the name, but found 'b'.")]
    [InlineData("a.b", "column 2: expected the end, or an opening parenthesis after the name, but found '.'.")]
    [InlineData("a(1) b", "column 6: expected the end, but found 'b'.")]
    [InlineData("a(1)(2)", "column 5: expected the end, but found '('.")]
    [InlineData("a()", "column 3: expected a value, but found ')'.")]
    [InlineData("a(", "column 3: expected a value, but the text ends.")]
    [InlineData("a(  ", "column 5: expected a value, but the text ends.")]
    [InlineData("a(1", "column 4: expected ',' or ')', but the text ends.")]
    [InlineData("a(1,", "column 5: expected a value, but the text ends.")]
    [InlineData("a(1,,2)", "column 5: expected a value, but found ','.")]
    [InlineData("a(1,)", "column 5: expected a value, but found ')'.")]
    [InlineData("a(k:)", "column 5: expected a value, but found ')'.")]
    [InlineData("a(k: )", "column 6: expected a value, but found ')'.")]
    [InlineData("a(:v)", "column 3: expected a value, but found ':'.")]
    [InlineData("a(k:v:w)", "column 6: expected ',' or ')', but found ':'.")]
    [InlineData("a(b(1))", "column 4: expected ',' or ')', but found '('.")]
    [InlineData("a(k v, l)", "column 8: expected an option with its value, since options come last, but found 'l'.")]
    [InlineData("a(k v, l, m w)", "column 8: expected an option with its value, since options come last, but found 'l'.")]
    [InlineData("3d(1)", "column 1: expected a name, but found '3d'.")]
    [InlineData("a(k: v, 2)", "column 9: expected an option with its value, since options come last, but found '2'.")]
    public void Parse_OtherForms_SayTheColumnAndWhatWasExpected(string text, string message) =>
        Assert.Equal($"--x '{text}', {message}", Assert.Throws<InvalidInputException>(() => CallExpression.Parse(text, "--x")).Message);

    [Fact]
    public void Parse_AKeyTwice_IsRefused() => Assert.Equal(
        "--x 'a(k 1, k: 2)', column 8: the option 'k' stands there twice; leave one out.",
        Assert.Throws<InvalidInputException>(() => CallExpression.Parse("a(k 1, k: 2)", "--x")).Message);

    [Fact]
    public void Take_WhatIsWritten_GivesIt()
    {
        var expression = CallExpression.Parse("a(3, 40, n 5, f 2.5e-1, w: on, m -7)", "--x");
        Assert.Equal([3, 40], expression.TakeSizes("a size"));
        Assert.Equal(5, expression.TakeInteger("n", 1, 1));
        Assert.Equal(-7, expression.TakeInteger("m", 1, -7));
        Assert.Equal(0.25, expression.TakeNumber("f", 1, _ => true, ""));
        Assert.Equal("on", expression.TakeWord("w", "off", "off", "on"));
        expression.Finish();
    }

    [Fact]
    public void Take_WhatIsNotWritten_GivesTheFallback()
    {
        var expression = CallExpression.Parse("a", "--x");
        Assert.Empty(expression.TakeSizes("a size"));
        Assert.Equal(9, expression.TakeInteger("n", 9, 10));
        Assert.Equal(9.5, expression.TakeNumber("f", 9.5, _ => false, ""));
        Assert.Equal("off", expression.TakeWord("w", "off", "on"));
        expression.Finish();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public void TakeSizes_OtherValues_SayTheRule(string value) => Assert.Equal(
        $"--x 'a(2, {value})', column 6: a size is {value}, but must be a whole number of at least 1.",
        Refusal($"a(2, {value})", call => call.TakeSizes("a size")));

    [Theory]
    [InlineData("2")]
    [InlineData("3.0")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public void TakeInteger_OtherValues_SayTheRule(string value) => Assert.Equal(
        $"--x 'a(n {value})', column 5: n is {value}, but must be a whole number of at least 3.",
        Refusal($"a(n {value})", call => call.TakeInteger("n", 3, 3)));

    [Fact]
    public void TakeInteger_OtherRanges_SayThem()
    {
        Assert.Equal("--x 'a(n x)', column 5: n is x, but must be a whole number.", Refusal("a(n x)", call => call.TakeInteger("n", 3)));
        Assert.Equal("--x 'a(n 9)', column 5: n is 9, but must be a whole number of at least 3 and at most 8.", Refusal("a(n 9)", call => call.TakeInteger("n", 3, 3, 8)));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("one")]
    public void TakeNumber_OtherValues_SayTheRule(string value) => Assert.Equal(
        $"--x 'a(f {value})', column 5: f is {value}, but must be a number at least 0.",
        Refusal($"a(f {value})", call => call.TakeNumber("f", 0, f => f >= 0, "at least 0")));

    [Theory]
    [InlineData("bach", " Did you mean 'batch'?")]
    [InlineData("layer", "")]
    public void TakeWord_AnotherWord_SaysTheWordsAndTheNearest(string value, string near) => Assert.Equal(
        $"--x 'a(norm {value})', column 8: norm is {value}, but must be one of none, batch.{near}",
        Refusal($"a(norm {value})", call => call.TakeWord("norm", "none", "none", "batch")));

    [Fact]
    public void Finish_SomethingNobodyAskedFor_IsRefused()
    {
        Assert.Equal("--x 'a(1)', column 3: a takes no value '1'; it has no options.", Refusal("a(1)", _ => { }));
        Assert.Equal(
            "--x 'a(nrm batch)', column 3: a has no option 'nrm'; its options are norm, dropout. Did you mean 'norm'?",
            Refusal("a(nrm batch)", AskForNormAndDropout));
        Assert.Equal(
            "--x 'a(norm)', column 3: a takes no value 'norm'; its options are norm, dropout. Write a value after 'norm'.",
            Refusal("a(norm)", AskForNormAndDropout));
    }

    [Fact]
    public void Finish_SeveralWrong_AllAtOnce()
    {
        var expression = CallExpression.Parse("a(0, norm: x, dropout 2, eps 1)", "--x");
        expression.TakeSizes("a size");
        AskForNormAndDropout(expression);
        Assert.Equal(
            ["column 3: a size", "column 12: norm is", "column 23: dropout is", "column 26: a has"],
            from finding in Assert.Throws<InvalidInputException>(expression.Finish).Findings
            let afterText = finding.ToString()["--x 'a(0, norm: x, dropout 2, eps 1)', ".Length..]
            select string.Join(' ', afterText.Split(' ').Take(4)));
    }

    [Fact]
    public void Parse_ArbitraryStrings_ThrowNothingButInvalidInput() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string?>(text => text is null || IsReadOrRefused(text)));

    [Fact]
    public void Parse_StringsOfItsOwnCharacters_ThrowNothingButInvalidInput() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(Gen.Elements("ab1-.:,( )".ToCharArray()).ArrayOf().ToArbitrary(), letters => IsReadOrRefused(new string(letters))));

    [Fact]
    public void Parse_WhatIsPutTogether_ComesApart()
    {
        var word = Gen.Elements("abcXYZ019-_".ToCharArray()).NonEmptyListOf().Select(letters => string.Concat(letters));
        var blanks = Gen.Elements("", " ", "  ");
        var names = from first in Gen.Elements("abXZ".ToCharArray())
                    from rest in word
                    select first + rest;
        var cases = from name in names
                    from sizes in Gen.Choose(1, 9999).ListOf()
                    from keys in names.ListOf()
                    from blank in blanks
                    from sign in Gen.Elements(" ", ":", " : ")
                    select (name, sizes, keys: keys.Distinct().ToArray(), blank, sign);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(cases.ToArbitrary(), sample =>
            {
                var (name, sizes, keys, blank, sign) = sample;
                string[] parts = [.. sizes.Select(size => $"{blank}{size}{blank}"), .. keys.Select(key => $"{blank}{key}{sign}{blank}v{key}{blank}")];
                var text = parts.Length == 0 ? name : $"{blank}{name}{blank}({string.Join(',', parts)}){blank}";
                var expression = CallExpression.Parse(text, "--x");
                var isSame = expression.Name == name
                    && expression.TakeSizes("a size").SequenceEqual(sizes)
                    && keys.All(key => expression.TakeWord(key, "", $"v{key}") == $"v{key}");
                expression.Finish();
                return isSame;
            }));
    }

    private static string Refusal(string text, Action<CallExpression> ask)
    {
        var expression = CallExpression.Parse(text, "--x");
        ask(expression);
        return Assert.Throws<InvalidInputException>(expression.Finish).Message;
    }

    private static void AskForNormAndDropout(CallExpression expression)
    {
        expression.TakeWord("norm", "none", "none", "batch");
        expression.TakeNumber("dropout", 0, number => number < 1, "below 1");
    }

    private static bool IsReadOrRefused(string text)
    {
        try
        {
            var expression = CallExpression.Parse(text, "--x");
            expression.TakeSizes("a size");
            expression.TakeWord("a", "b", "b");
            expression.Finish();
            return text.Contains(expression.Name, StringComparison.Ordinal);
        }
        catch (InvalidInputException e)
        {
            return e.Findings.All(finding => finding.ToString().Contains(", column ", StringComparison.Ordinal));
        }
    }
}
