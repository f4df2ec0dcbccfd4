using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Language;

/// <summary>
/// The text form of a thing with options: <c>name</c>, or <c>name(value, ..., key value, ...)</c>, as in <c>mlp(256, 128, norm batch)</c>.
/// Values and options hold anything but <c>, : ( )</c>.
/// </summary>
/// <remarks>
/// The reader of the options asks for each by place or key and then calls <see cref="Finish"/>, which throws all that is wrong, and refuses
/// what was not asked for. Not safe for use by several threads: it remembers what was asked for.
/// </remarks>
internal sealed class CallExpression
{
    private readonly SourceText _source;
    private readonly List<WrittenValue> _values = [];
    private readonly List<WrittenOption> _options = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private int _valuesTaken;

    private CallExpression(SourceText source, string name) => (_source, Name) = (source, name);

    /// <summary>What stands before the parenthesis.</summary>
    internal string Name { get; }

    /// <summary>Whether the name stands alone.</summary>
    internal bool IsBare => _values.Count == 0 && _options.Count == 0;

    /// <summary>The value if the name has that one and no option; otherwise null.</summary>
    internal string? OnlyValue => _options.Count == 0 && _values is [var value] ? value.Text : null;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What the text is, for messages, e.g. <c>--network</c>.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form; the message says the column (from 1) and what was expected.
    /// </exception>
    internal static CallExpression Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        var parser = new Parser(source, Lexer.Read(text), ScheduleFunctions.None);
        var (expression, hasOptions) = ReadOne(source, parser);
        parser.Take(TokenKind.End, hasOptions ? "the end" : "the end, or an opening parenthesis after the name");
        return expression;
    }

    /// <summary>Reads expressions with commas between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What the text is, for messages, e.g. <c>--augment</c>.</param>
    /// <returns>The expressions, in their order; at least one.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form; the message says the column (from 1) and what was expected.
    /// </exception>
    internal static ImmutableArray<CallExpression> ParseEach(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        var parser = new Parser(source, Lexer.Read(text), ScheduleFunctions.None);
        var expressions = ImmutableArray.CreateBuilder<CallExpression>();
        bool hasOptions;
        do
        {
            (var expression, hasOptions) = ReadOne(source, parser);
            expressions.Add(expression);
        }
        while (parser.TryTake(TokenKind.Comma));
        parser.Take(TokenKind.End, hasOptions ? "',' or the end" : "',', the end, or an opening parenthesis after the name");
        return expressions.DrainToImmutable();
    }

    /// <summary>All values without a key, as whole numbers of at least 1.</summary>
    /// <param name="meaning">What they are, for messages.</param>
    /// <returns>The numbers, in their order; 1 for one that <see cref="Finish"/> refuses.</returns>
    internal IReadOnlyList<int> TakeSizes(string meaning)
    {
        _valuesTaken = _values.Count;
        return
        [
            .. from value in _values
               select int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1
                   ? size
                   : Wrong(value.Position, $"{meaning} is {value.Text}, but must be a whole number of at least 1.", fallback: 1),
        ];
    }

    /// <summary>The value of a key out of a set of words.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The word if the key is not written.</param>
    /// <param name="allowed">All words that are allowed.</param>
    /// <returns>The word; <paramref name="fallback"/> for one that <see cref="Finish"/> refuses.</returns>
    internal string TakeWord(string key, string fallback, params IReadOnlyList<string> allowed) =>
        Find(key) is not { } value ? fallback
        : allowed.Contains(value.Text, StringComparer.Ordinal) ? value.Text
        : Wrong(
            value.Position,
            $"{key} is {value.Text}, but must be one of {string.Join(", ", allowed)}.{Suggestion.For(value.Text, [.. allowed])}",
            fallback);

    /// <summary>The value of a key as a number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The number if the key is not written.</param>
    /// <param name="isAllowed">Which numbers are allowed.</param>
    /// <param name="rule">The same in words, e.g. <c>at least 0 and below 1</c>.</param>
    /// <returns>The number; finite. <paramref name="fallback"/> for one that <see cref="Finish"/> refuses.</returns>
    internal double TakeNumber(string key, double fallback, Func<double, bool> isAllowed, string rule)
    {
        ArgumentNullException.ThrowIfNull(isAllowed);
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        var isNumber = double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && double.IsFinite(number) && isAllowed(number)
            ? number
            : Wrong(value.Position, $"{key} is {value.Text}, but must be a number {rule}.", fallback);
    }

    /// <summary>The value of a key as a whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The number if the key is not written.</param>
    /// <param name="minimum">The least that is allowed.</param>
    /// <param name="maximum">The greatest that is allowed.</param>
    /// <returns>The number; <paramref name="fallback"/> for one that <see cref="Finish"/> refuses.</returns>
    internal long TakeInteger(string key, long fallback, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        var isWhole = long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        var rule = (minimum, maximum) switch
        {
            (long.MinValue, _) => "",
            (_, long.MaxValue) => $" of at least {minimum}",
            _ => $" of at least {minimum} and at most {maximum}",
        };
        return isWhole && number >= minimum && number <= maximum
            ? number
            : Wrong(value.Position, $"{key} is {value.Text}, but must be a whole number{rule}.", fallback);
    }

    /// <summary>Says that all options have been asked for.</summary>
    /// <exception cref="InvalidInputException">
    /// A value is not allowed, or was not asked for; all findings at once, each with the column (from 1).
    /// </exception>
    internal void Finish()
    {
        foreach (var value in _values.Skip(_valuesTaken))
        {
            Wrong(value.Position, $"{Name} takes no value '{value.Text}'; {Known()}.{Remedy(value.Text)}", 0);
        }

        foreach (var (key, position, _) in _options.Where(option => !_asked.Contains(option.Name)))
        {
            Wrong(position, $"{Name} has no option '{key}'; {Known()}.{Suggestion.For(key, [.. _asked])}", 0);
        }

        if (_findings.Count > 0)
        {
            throw new InvalidInputException(_findings);
        }
    }

    /// <summary>The canonical text, which is read back to an equal expression.</summary>
    public override string ToString() => Printer.Call(
        Name, [.. _values.Select(value => value.Text), .. _options.Select(option => $"{option.Name} {option.Value.Text}")]);

    private static (CallExpression Expression, bool HasOptions) ReadOne(SourceText source, Parser parser)
    {
        var expression = new CallExpression(source, parser.Take(TokenKind.Name, "a name").Text);
        var hasOptions = parser.TryTake(TokenKind.Open);
        if (hasOptions)
        {
            expression.Read(parser);
        }

        return (expression, hasOptions);
    }

    private void Read(Parser parser)
    {
        var reader = new OptionReader(_source, parser, Name);
        while (!parser.IsAtOption())
        {
            _values.Add(reader.TakeWritten());
            if (!parser.TryTake(TokenKind.Comma))
            {
                parser.Take(TokenKind.Close, "',' or ')'");
                return;
            }
        }

        reader.ReadEach(
            word => parser.IsAtOption() ? Written(word) : throw _source.Expected("an option with its value, since options come last", word),
            _options);
    }

    private static FormOption<List<WrittenOption>> Written(Token word) => new(
        word.Text,
        (reader, options) =>
        {
            options.Add(new WrittenOption(word.Text, word.Position, reader.TakeWritten()));
            return options;
        },
        _ => "");

    private string Known() => _asked.Count == 0 ? "it has no options" : $"its options are {string.Join(", ", _asked)}";

    private string Remedy(string value) => _asked.Contains(value) ? $" Write a value after '{value}'." : Suggestion.For(value, [.. _asked]);

    private WrittenValue? Find(string key)
    {
        _asked.Add(key);
        return _options.Find(option => option.Name == key)?.Value;
    }

    private T Wrong<T>(int position, string finding, T fallback)
    {
        _findings.AddRange(_source.Wrong(position, finding).Findings);
        return fallback;
    }

    private sealed record WrittenOption(string Name, int Position, WrittenValue Value);
}
