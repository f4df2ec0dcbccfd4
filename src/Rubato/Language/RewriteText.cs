using System.Collections.Immutable;
using System.Globalization;
using Rubato.Numerics;
using Rubato.Rewrites;

namespace Rubato.Language;

/// <summary>Reads and prints rewrites: <c>NAME</c>, or <c>NAME(number, option value, ...)</c>, options in any order.</summary>
internal static class RewriteText
{
    private const string Grow = "grow-batch";
    private const string Scale = "scale-batch";
    private const string Raise = "raise-momentum";
    private const string ScaleExample = $"{Scale}(5)";
    private const string RaiseExample = $"{Raise}(0.98)";

    private static readonly string[] Names = [Grow, Scale, Raise];
    private static readonly string[] Examples = [$"{Grow}(max 5120, first 1)", ScaleExample, RaiseExample];

    private static readonly ImmutableArray<ControllerOption<GrowBatch>> GrowOptions =
    [
        .. Common<GrowBatch>(),
        new(
            "first",
            (reader, rewrite) => rewrite with { First = reader.TakeCount("a whole number of at least 1 after 'first'") },
            rewrite => rewrite.First?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ControllerOption<GrowBatch>.Number("ratio", rewrite => rewrite.Ratio, (rewrite, value) => rewrite with { Ratio = value }),
    ];

    private static readonly ImmutableArray<ControllerOption<ScaleBatch>> ScaleOptions =
    [
        .. Common<ScaleBatch>(),
        ControllerOption<ScaleBatch>.Word(
            "rule", rewrite => rewrite.Rule, (rewrite, value) => rewrite with { Rule = value }, ("linear", RateRule.Linear), ("square-root", RateRule.SquareRoot)),
    ];

    private static readonly ImmutableArray<ControllerOption<RaiseMomentum>> RaiseOptions = Common<RaiseMomentum>();

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

            if (ExponentialText.Is(tokens[0]))
            {
                exponential = ExponentialText.Read(source, tokens);
            }
            else
            {
                rewrites.Add(Read(source, tokens, ExponentialText.Names));
            }

            tokens = [];
        }

        return new RewriteSequence(rewrites.ToImmutable()) { Exponential = exponential };
    }

    // The others are names that may stand there, too.
    private static PlanRewrite Read(SourceText source, List<Token> tokens, ImmutableArray<string> others)
    {
        var reader = new ControllerReader(source, tokens, at: 0);
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
        GrowBatch grow => Call(Grow, [], grow, GrowOptions, new GrowBatch()),
        ScaleBatch scale => Call(Scale, [ExactNumber.Text(scale.Factor)], scale, ScaleOptions, new ScaleBatch(1)),
        RaiseMomentum raise => Call(Raise, [ExactNumber.Text(raise.Momentum)], raise, RaiseOptions, new RaiseMomentum(0)),
        _ => throw new ArgumentException($"There is no text for a {rewrite.GetType().Name}.", nameof(rewrite)),
    };

    private static ImmutableArray<ControllerOption<T>> Common<T>()
        where T : PlanRewrite =>
    [
        new(
            "max",
            (reader, rewrite) => (T)((PlanRewrite)rewrite with { MaxBatch = reader.Quantities.TakeCount("a whole number of at least 1 after 'max'") }),
            rewrite => rewrite.MaxBatch?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new(
            "multiple",
            (reader, rewrite) => (T)((PlanRewrite)rewrite with { Multiple = reader.Quantities.TakeCount("a whole number of at least 1 after 'multiple'") }),
            rewrite => rewrite.Multiple?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ControllerOption<T>.Word(
            "form",
            rewrite => rewrite.Form,
            (rewrite, value) => (T)((PlanRewrite)rewrite with { Form = value }),
            ("small-batch", NoiseForm.SmallBatch),
            ("exact", NoiseForm.Exact)),
    ];

    private static T WithNumber<T>(
        ControllerReader reader, string expected, ImmutableArray<ControllerOption<T>> options, T usual, Func<T, double, T> build)
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

    private static string Call<T>(string name, string[] first, T rewrite, ImmutableArray<ControllerOption<T>> options, T usual)
    {
        var changed = from option in options
                      let value = option.Print(rewrite)
                      where value != option.Print(usual)
                      select $"{option.Name} {value}";
        string[] arguments = [.. first, .. changed];
        return arguments.Length == 0 ? name : $"{name}({string.Join(", ", arguments)})";
    }
}
