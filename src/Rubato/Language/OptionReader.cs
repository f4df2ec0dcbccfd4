using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Language;

/// <summary>
/// Reads options, <c>name value</c> with commas between them, and their values; in this version <c>name: value</c>, too, of which
/// <see cref="ColonOptions"/> tells.
/// </summary>
/// <param name="source">The text.</param>
/// <param name="parser">Stands at the parenthesis.</param>
/// <param name="form">What the options belong to, for messages.</param>
internal class OptionReader(SourceText source, Parser parser, string form)
{
    private readonly Quantities _quantities = new(source, parser);
    private readonly List<Finding> _findings = [];
    private HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The text.</summary>
    protected SourceText Source => source;

    /// <summary>What the options belong to.</summary>
    protected string Form => form;

    /// <summary>The options in parentheses, in any order; a preset may come first. Without parentheses, the first preset.</summary>
    internal T ReadOptions<T>(ImmutableArray<FormOption<T>> options, params ReadOnlySpan<(string Name, T Value)> presets)
    {
        var value = presets[0].Value;
        if (!parser.TryTake(TokenKind.Open) || parser.TryTake(TokenKind.Close))
        {
            return value;
        }

        foreach (var preset in presets)
        {
            if (parser.Next.IsWord(preset.Name))
            {
                parser.Take();
                if (!parser.TryTake(TokenKind.Comma))
                {
                    return Closed(preset.Value);
                }

                value = preset.Value;
                break;
            }
        }

        string[] names = [.. from preset in presets.ToArray() select preset.Name];
        return ReadEach(word => Find(options, word, names), value);
    }

    /// <summary>Options in parentheses, in any order; without parentheses the value as it is.</summary>
    internal T ReadOptional<T>(ImmutableArray<FormOption<T>> options, T value) =>
        parser.TryTake(TokenKind.Open) ? ReadEach(word => Find(options, word, []), value) : value;

    /// <summary>A number in parentheses, and the options after it, in any order.</summary>
    internal (double Number, T Value) ReadNumberAndOptions<T>(string expected, ImmutableArray<FormOption<T>> options, T value)
    {
        parser.Take(TokenKind.Open, expected);
        var number = _quantities.TakeNumber(expected);
        return (number, parser.TryTake(TokenKind.Comma) ? ReadEach(word => Find(options, word, []), value) : Closed(value));
    }

    /// <summary>A number in parentheses; null without parentheses.</summary>
    internal double? TryReadNumber(string expected)
    {
        if (!parser.TryTake(TokenKind.Open))
        {
            return null;
        }

        var number = _quantities.TakeNumber(expected);
        parser.Take(TokenKind.Close, "')'");
        return number;
    }

    /// <summary>Options up to the closing parenthesis.</summary>
    /// <param name="find">The option of a word; throws if there is none.</param>
    /// <param name="value">What they are options of.</param>
    internal T ReadEach<T>(Func<Token, FormOption<T>> find, T value)
    {
        _written = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            value = ReadOne(find, value, _written);
        }
        while (parser.TryTake(TokenKind.Comma));
        return Closed(value);
    }

    /// <summary>Whether an option is written in the parentheses that were read last, be it with its usual value.</summary>
    internal bool IsWritten(string option) => _written.Contains(option);

    /// <summary>One option, and its value.</summary>
    /// <param name="find">The option of a word; throws if there is none.</param>
    /// <param name="value">What it is an option of.</param>
    /// <param name="written">The names of those before; this one is added.</param>
    internal T ReadOne<T>(Func<Token, FormOption<T>> find, T value, HashSet<string> written)
    {
        var word = parser.Next;
        var option = find(word);
        parser.Take();
        if (!written.Add(option.Name))
        {
            throw source.Wrong(word.Position, $"the option '{option.Name}' stands there twice; leave one out.");
        }

        parser.TryTake(TokenKind.Colon);
        try
        {
            return option.Read(this, value);
        }
        catch (ArgumentException exception)
        {
            Complain(word, $"{form}: {ArgumentSentence.Of(exception, _ => option.Name)}");
            return value;
        }
    }

    /// <summary>The option of a word.</summary>
    /// <exception cref="InvalidInputException">There is none; the sentence names those that there are.</exception>
    internal FormOption<T> Find<T>(ImmutableArray<FormOption<T>> options, Token word, ReadOnlySpan<string> presets, string example = "")
    {
        string[] known = [.. options.Select(option => option.Name)];
        var list = string.Join(", ", known);
        if (word.Kind != TokenKind.Name)
        {
            throw source.Expected($"one of the options {list}", word);
        }

        if (options.FirstOrDefault(option => option.Name == word.Text) is { } option)
        {
            return option;
        }

        var its = known.Length == 0 ? "it has none" : $"its options are {list}";
        throw presets.Contains(word.Text)
            ? source.Wrong(word.Position, $"the preset '{word.Text}' must come first, and alone; write {form}({word.Text}, ...).")
            : source.Wrong(
                word.Position,
                $"{form} has no option '{Token.Shorten(word.Text)}'; {its}{example}.{Suggestion.For(word.Text, [.. known, .. presets])}");
    }

    /// <summary>A finite number after a word.</summary>
    internal double TakeNumber(string after) => _quantities.TakeNumber($"a number after '{after}'");

    /// <summary>A whole number of at least 1 after a word.</summary>
    /// <param name="after">The word.</param>
    /// <param name="instead">A word that may stand in its place, for the message.</param>
    internal long TakeCount(string after, string? instead = null) =>
        _quantities.TakeCount($"a whole number of at least 1{(instead is null ? "" : $", or {instead},")} after '{after}'");

    /// <summary>A duration after a word.</summary>
    internal Duration TakeDuration(string after) => _quantities.TakeDuration($"a duration, such as 1ep, after '{after}'");

    /// <summary>Durations after a word, with blanks between them.</summary>
    internal ImmutableArray<Duration> TakeDurations(string after)
    {
        var durations = ImmutableArray.CreateBuilder<Duration>();
        do
        {
            durations.Add(TakeDuration(after));
        }
        while (parser.Next.BeginsDuration);
        return durations.ToImmutable();
    }

    /// <summary>A whole number, negative or not.</summary>
    internal long TakeInteger(string expected)
    {
        var token = parser.Take(TokenKind.Number, expected);
        return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw source.Expected(expected, token);
    }

    /// <summary>A schedule.</summary>
    internal Schedule TakeSchedule() => parser.ReadSchedule();

    /// <summary>Whether the next word is this one; it is then taken.</summary>
    internal bool TryTakeWord(string word) => parser.Next.IsWord(word) && parser.TryTake(TokenKind.Name);

    /// <summary>One of a few words after a word.</summary>
    internal string TakeWord(string after, string[] words)
    {
        var expected = $"{Listing.Of(words, "or")} after '{after}'";
        var word = parser.Take(TokenKind.Name, expected);
        return words.Contains(word.Text, StringComparer.Ordinal)
            ? word.Text
            : throw source.Wrong(word.Position, $"expected {expected}, but {word.Found}.{Suggestion.For(word.Text, words)}");
    }

    /// <summary>Whatever stands before the next comma, colon or parenthesis; at least one sign of the text.</summary>
    internal WrittenValue TakeWritten()
    {
        if (parser.Next.Kind is TokenKind.Comma or TokenKind.Colon or TokenKind.Open or TokenKind.Close or TokenKind.End)
        {
            throw source.Expected("a value", parser.Next);
        }

        var first = parser.Next;
        var last = first;
        while (parser.Next.Kind is not (TokenKind.Comma or TokenKind.Colon or TokenKind.Open or TokenKind.Close or TokenKind.End))
        {
            last = parser.Take();
        }

        return new WrittenValue(source.Between(first, last), first.Position);
    }

    /// <summary>Says that something is wrong at a token; to be thrown with all that is wrong.</summary>
    internal void Complain(Token token, string finding) => _findings.AddRange(source.Wrong(token.Position, finding).Findings);

    /// <summary>Throws all that was complained about.</summary>
    internal void Finish()
    {
        if (_findings.Count > 0)
        {
            throw new InvalidInputException(_findings);
        }
    }

    /// <summary>Takes the closing parenthesis.</summary>
    private T Closed<T>(T value)
    {
        parser.Take(TokenKind.Close, "',' or ')'");
        return value;
    }
}

/// <summary>A value as it is written.</summary>
/// <param name="Text">The text, without blanks around it.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct WrittenValue(string Text, int Position);
