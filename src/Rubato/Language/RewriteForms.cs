using System.Collections.Immutable;
using Rubato.Numerics;
using Rubato.Rewrites;

namespace Rubato.Language;

/// <summary>Reads and prints rewrites, <c>NAME</c> or <c>NAME(number, option value, ...)</c>, and the exponential forms that may come last.</summary>
internal static class RewriteForms
{
    private const string Grow = "grow-batch";
    private const string Scale = "scale-batch";
    private const string Raise = "raise-momentum";
    private const string ScaleExample = $"{Scale}(5)";
    private const string RaiseExample = $"{Raise}(0.98)";

    private static readonly string[] Names = [Grow, Scale, Raise];

    // In the order of ExponentialForm.
    private static readonly ImmutableArray<string> ExponentialNames = ["exponential", "texp", "texp--"];

    private static readonly string[] Examples = [$"{Grow}(max 5120, first 1)", ScaleExample, RaiseExample];

    private static readonly ImmutableArray<FormOption<GrowBatch>> GrowOptions =
    [
        .. Common<GrowBatch>(),
        FormOption<GrowBatch>.Size("first", rewrite => rewrite.First, (rewrite, value) => rewrite with { First = (int)Math.Min(value, int.MaxValue) }),
        FormOption<GrowBatch>.Number("ratio", rewrite => rewrite.Ratio, (rewrite, value) => rewrite with { Ratio = value }),
    ];

    private static readonly ImmutableArray<FormOption<ScaleBatch>> ScaleOptions =
    [
        .. Common<ScaleBatch>(),
        FormOption<ScaleBatch>.Word(
            "rule", rewrite => rewrite.Rule, (rewrite, value) => rewrite with { Rule = value }, ("linear", RateRule.Linear), ("square-root", RateRule.SquareRoot)),
    ];

    private static readonly ImmutableArray<FormOption<RaiseMomentum>> RaiseOptions = Common<RaiseMomentum>();

    private static readonly ImmutableArray<FormOption<ExponentialRewrite>> ExponentialOptions =
    [
        FormOption<ExponentialRewrite>.Word(
            "corrections", rewrite => rewrite.IsCorrected, (rewrite, value) => rewrite with { IsCorrected = value }, ("all", true), ("none", false)),
    ];

    /// <summary>Reads a rewrite.</summary>
    /// <exception cref="InvalidInputException">The text has another form, or a value is out of its range.</exception>
    internal static PlanRewrite Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        return Read(new SourceText(subject, text), Lexer.Read(text), []);
    }

    /// <summary>Reads rewrites with commas between them, of which the last may be an exponential form.</summary>
    /// <exception cref="InvalidInputException">One has another form, or a value is out of its range, or does not stand where it must.</exception>
    internal static RewriteSequence ParseAll(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        var rewrites = ImmutableArray.CreateBuilder<PlanRewrite>();
        ExponentialRewrite? exponential = null;
        var tokens = new List<Token>();
        var depth = 0;
        foreach (var token in Lexer.Read(text))
        {
            depth += token.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (token.Kind != TokenKind.End && (token.Kind != TokenKind.Comma || depth > 0))
            {
                tokens.Add(token);
                continue;
            }

            tokens.Add(new Token(TokenKind.End, "", token.Position));
            if (exponential is not null)
            {
                throw source.Wrong(tokens[0].Position, $"nothing may follow '{exponential}', which says how the rewritten plan is run; let it come last, and once.");
            }

            if (IsExponential(tokens[0]))
            {
                exponential = ReadExponential(source, tokens);
            }
            else
            {
                rewrites.Add(Read(source, tokens, ExponentialNames));
            }

            tokens = [];
        }

        return new RewriteSequence(rewrites.ToImmutable()) { Exponential = exponential };
    }

    /// <summary>Reads an exponential form.</summary>
    /// <exception cref="InvalidInputException">The text has another form.</exception>
    internal static ExponentialRewrite ParseExponential(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var (source, tokens) = (new SourceText(subject, text), Lexer.Read(text));
        return IsExponential(tokens[0])
            ? ReadExponential(source, tokens)
            : throw source.Wrong(
                tokens[0].Position,
                $"there is no exponential form '{Token.Shorten(tokens[0].Text)}'; write {Listing.Of(ExponentialNames, "or")}.{Suggestion.For(tokens[0].Text, [.. ExponentialNames])}");
    }

    private static bool IsExponential(Token token) => token.Kind == TokenKind.Name && ExponentialNames.Contains(token.Text, StringComparer.Ordinal);

    private static ExponentialRewrite ReadExponential(SourceText source, List<Token> tokens)
    {
        var reader = new CallReader(source, tokens);
        var rewrite = reader.ReadOptions(ExponentialOptions, ("", new ExponentialRewrite((ExponentialForm)ExponentialNames.IndexOf(tokens[0].Text))));
        reader.TakeEnd();
        reader.Finish();
        return rewrite;
    }

    // The others are names that may stand there, too.
    private static PlanRewrite Read(SourceText source, List<Token> tokens, ImmutableArray<string> others)
    {
        var reader = new CallReader(source, tokens);
        PlanRewrite rewrite = tokens[0].Text switch
        {
            Grow => reader.ReadOptions(GrowOptions, ("", new GrowBatch())),
            Scale => WithNumber(reader, $"the factor in parentheses, as in {ScaleExample}", ScaleOptions, new ScaleBatch(1), (options, factor) =>
                new ScaleBatch(factor) { MaxBatch = options.MaxBatch, Multiple = options.Multiple, Form = options.Form, Rule = options.Rule }),
            Raise => WithNumber(reader, $"the momentum in parentheses, as in {RaiseExample}", RaiseOptions, new RaiseMomentum(0), (options, momentum) =>
                new RaiseMomentum(momentum) { MaxBatch = options.MaxBatch, Multiple = options.Multiple, Form = options.Form }),
            var other => throw source.Wrong(
                tokens[0].Position, $"there is no rewrite '{Token.Shorten(other)}'; write one of {string.Join(", ", [.. Examples, .. others])}.{Suggestion.For(other, [.. Names, .. others])}"),
        };
        reader.TakeEnd();
        reader.Finish();
        return rewrite;
    }

    /// <summary>Text that is read back to an equal rewrite; what has its usual value is left out.</summary>
    internal static string Print(PlanRewrite rewrite) => rewrite switch
    {
        GrowBatch grow => Printer.Call(Grow, Printer.Changed(GrowOptions, grow, new GrowBatch())),
        ScaleBatch scale => Printer.Call(Scale, [ExactNumber.Text(scale.Factor), .. Printer.Changed(ScaleOptions, scale, new ScaleBatch(1))]),
        RaiseMomentum raise => Printer.Call(Raise, [ExactNumber.Text(raise.Momentum), .. Printer.Changed(RaiseOptions, raise, new RaiseMomentum(0))]),
        _ => throw new ArgumentException($"There is no text for a {rewrite.GetType().Name}.", nameof(rewrite)),
    };

    /// <summary>Text that is read back to an equal form.</summary>
    internal static string Print(ExponentialRewrite rewrite) => Printer.Call(
        ExponentialNames[(int)rewrite.Form], Printer.Changed(ExponentialOptions, rewrite, new ExponentialRewrite(rewrite.Form)));

    private static ImmutableArray<FormOption<T>> Common<T>()
        where T : PlanRewrite =>
    [
        FormOption<T>.Size("max", rewrite => rewrite.MaxBatch, (rewrite, value) => (T)((PlanRewrite)rewrite with { MaxBatch = value })),
        FormOption<T>.Size("multiple", rewrite => rewrite.Multiple, (rewrite, value) => (T)((PlanRewrite)rewrite with { Multiple = value })),
        FormOption<T>.Word(
            "form",
            rewrite => rewrite.Form,
            (rewrite, value) => (T)((PlanRewrite)rewrite with { Form = value }),
            ("small-batch", NoiseForm.SmallBatch),
            ("exact", NoiseForm.Exact)),
    ];

    private static T WithNumber<T>(
        CallReader reader, string expected, ImmutableArray<FormOption<T>> options, T usual, Func<T, double, T> build)
    {
        var (number, settings) = reader.ReadNumberAndOptions(expected, options, usual);
        try
        {
            return build(settings, number);
        }
        catch (ArgumentException exception)
        {
            reader.Complain(ArgumentSentence.Of(exception, name => name));
            return settings;
        }
    }
}
