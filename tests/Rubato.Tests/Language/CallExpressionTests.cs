using FsCheck;
using FsCheck.Fluent;
using Rubato.Language;

namespace Rubato.Tests.Language;

public sealed class CallExpressionTests
{
    [Theory]
    [InlineData("mlp", "mlp", 0)]
    [InlineData("  mlp  ", "mlp", 0)]
    [InlineData("cifar10-quick_2", "cifar10-quick_2", 0)]
    [InlineData("mlp(1)", "mlp", 1)]
    [InlineData("mlp (1,2 ,3)", "mlp", 3)]
    [InlineData("mlp( 1 , k : v ) ", "mlp", 1)]
    [InlineData("a(k:v,l:w)", "a", 0)]
    [InlineData("csv(data/my file.csv)", "csv", 1)]
    public void Parse_ValidForms_AreRead(string text, string name, int values)
    {
        var expression = CallExpression.Parse(text, "--x");
        Assert.Equal((name, values, text.Trim()), (expression.Name, expression.ValueCount, expression.Source));
    }

    [Fact]
    public void TakeValues_AsTheyStand_AreAskedFor()
    {
        var expression = CallExpression.Parse("clr( triangular ,cycles 3, k: v)", "--x");
        Assert.Equal(["triangular", "cycles 3"], expression.TakeValues());
        Assert.Equal("v", expression.TakeWord("k", "w", "v", "w"));
        expression.Finish();
        Assert.Empty(CallExpression.Parse("clr", "--x").TakeValues());
    }

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
    [InlineData("a(k: v, 2)", "column 10: expected ':' after '2', since options with a key come last, but found ')'.")]
    public void Parse_OtherForms_SayTheColumnAndWhatWasExpected(string text, string message) =>
        Assert.Equal($"--x '{text}', {message}", Assert.Throws<InvalidInputException>(() => CallExpression.Parse(text, "--x")).Message);

    [Fact]
    public void Parse_AKeyTwice_IsRefused() => Assert.Equal(
        "--x 'a(k: 1, k: 2)': the option 'k' stands there twice; leave one out.",
        Assert.Throws<InvalidInputException>(() => CallExpression.Parse("a(k: 1, k: 2)", "--x")).Message);

    [Fact]
    public void Take_WhatIsWritten_GivesIt()
    {
        var expression = CallExpression.Parse("a(3, 40, n: 5, f: 2.5e-1, w: on, m: -7)", "--x");
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
        $"'a(2, {value})': a size is {value}, but must be a whole number of at least 1.",
        Assert.Throws<InvalidInputException>(() => CallExpression.Parse($"a(2, {value})", "--x").TakeSizes("a size")).Message);

    [Theory]
    [InlineData("2")]
    [InlineData("3.0")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public void TakeInteger_OtherValues_SayTheRule(string value) => Assert.Equal(
        $"'a(n: {value})': n is {value}, but must be a whole number of at least 3.",
        Assert.Throws<InvalidInputException>(() => CallExpression.Parse($"a(n: {value})", "--x").TakeInteger("n", 3, 3)).Message);

    [Theory]
    [InlineData("-1")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("one")]
    public void TakeNumber_OtherValues_SayTheRule(string value) => Assert.Equal(
        $"'a(f: {value})': f is {value}, but must be a number at least 0.",
        Assert.Throws<InvalidInputException>(() => CallExpression.Parse($"a(f: {value})", "--x").TakeNumber("f", 0, f => f >= 0, "at least 0")).Message);

    [Fact]
    public void TakeWord_AnotherWord_SaysTheWordsAndTheNearest()
    {
        Assert.Equal(
            "'a(norm: bach)': norm is bach, but must be one of none, batch. Did you mean 'batch'?",
            Assert.Throws<InvalidInputException>(() => CallExpression.Parse("a(norm: bach)", "--x").TakeWord("norm", "none", "none", "batch")).Message);
        Assert.Equal(
            "'a(norm: layer)': norm is layer, but must be one of none, batch.",
            Assert.Throws<InvalidInputException>(() => CallExpression.Parse("a(norm: layer)", "--x").TakeWord("norm", "none", "none", "batch")).Message);
    }

    [Fact]
    public void Finish_SomethingNobodyAskedFor_IsRefused()
    {
        Assert.Equal(
            "'a(1)': a takes no value '1'; it has no options.",
            Assert.Throws<InvalidInputException>(CallExpression.Parse("a(1)", "--x").Finish).Message);
        var expression = CallExpression.Parse("a(nrm: batch)", "--x");
        expression.TakeWord("norm", "none", "none", "batch");
        expression.TakeNumber("dropout", 0, _ => true, "");
        Assert.Equal(
            "'a(nrm: batch)': a has no option 'nrm'; its options are norm, dropout. Did you mean 'norm'?",
            Assert.Throws<InvalidInputException>(expression.Finish).Message);
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
        var cases = from name in word
                    from sizes in Gen.Choose(1, 9999).ListOf()
                    from keys in word.ListOf()
                    from blank in blanks
                    select (name, sizes, keys: keys.Distinct().ToArray(), blank);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(cases.ToArbitrary(), sample =>
            {
                var (name, sizes, keys, blank) = sample;
                string[] parts = [.. sizes.Select(size => $"{blank}{size}{blank}"), .. keys.Select(key => $"{blank}{key}{blank}:{blank}v{key}{blank}")];
                var text = parts.Length == 0 ? name : $"{blank}{name}{blank}({string.Join(',', parts)}){blank}";
                var expression = CallExpression.Parse(text, "--x");
                var isSame = expression.Name == name
                    && expression.TakeSizes("a size").SequenceEqual(sizes)
                    && keys.All(key => expression.TakeWord(key, "", $"v{key}") == $"v{key}");
                expression.Finish();
                return isSame;
            }));
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
            return e.Findings.Count == 1;
        }
    }
}
