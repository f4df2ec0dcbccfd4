using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Language;

/// <summary>Reads what stands around a controller's name.</summary>
internal sealed class ControllerReader
{
    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly int _at;
    private readonly Parser _parser;
    private readonly List<Finding> _findings = [];

    internal ControllerReader(SourceText source, List<Token> tokens, int at)
    {
        (_source, _tokens, _at) = (source, tokens, at);
        _parser = ParserOf(tokens[(at + 1)..]);
        Quantities = new Quantities(source, _parser);
    }

    /// <summary>Reads numbers and durations.</summary>
    internal Quantities Quantities { get; }

    private string Name => _tokens[_at].Text;

    /// <summary>The schedule before the name and its 'then'; null where the name comes first.</summary>
    internal Schedule? Before() =>
        _at == 0 ? null : ParserOf([.. _tokens[..(_at - 1)], new Token(TokenKind.End, "", _tokens[_at - 1].Position)]).Read();

    /// <summary>Says that something is wrong with the text at the name; to be thrown with all that is wrong.</summary>
    internal void Complain(string finding) => Complain(_tokens[_at], finding);

    /// <summary>The options in parentheses, in any order; a preset may come first.</summary>
    internal T ReadOptions<T>(ImmutableArray<ControllerOption<T>> options, params ReadOnlySpan<(string Name, T Settings)> presets)
    {
        var settings = presets[0].Settings;
        if (!_parser.TryTake(TokenKind.Open) || _parser.TryTake(TokenKind.Close))
        {
            return settings;
        }

        foreach (var preset in presets)
        {
            if (_parser.Next.IsWord(preset.Name))
            {
                _parser.Take();
                settings = preset.Settings;
                if (!_parser.TryTake(TokenKind.Comma))
                {
                    return Closed(settings);
                }

                break;
            }
        }

        return ReadEach(options, presets, settings);
    }

    /// <summary>A number in parentheses, and the options after it, in any order.</summary>
    internal (double Number, T Settings) ReadNumberAndOptions<T>(string expected, ImmutableArray<ControllerOption<T>> options, T settings)
    {
        _parser.Take(TokenKind.Open, expected);
        var number = Quantities.TakeNumber(expected);
        return (number, _parser.TryTake(TokenKind.Comma) ? ReadEach(options, [], settings) : Closed(settings));
    }

    /// <summary>The schedule after the name, its options and 'then'; null where the text ends there.</summary>
    internal Schedule? After()
    {
        if (_parser.Next.Kind == TokenKind.End)
        {
            return null;
        }

        if (!_parser.Next.IsWord("then"))
        {
            throw _source.Expected($"'then' or the end after '{Name}'", _parser.Next);
        }

        _parser.Take();
        return _parser.Read();
    }

    /// <summary>Says that nothing may follow the name and its options.</summary>
    internal void TakeEnd() => _parser.Take(TokenKind.End, $"the end after '{Name}'");

    /// <summary>Throws all that was complained about.</summary>
    internal void Finish()
    {
        if (_findings.Count > 0)
        {
            throw new InvalidInputException(_findings);
        }
    }

    internal int TakeCount(string expected) => (int)Math.Min(Quantities.TakeCount(expected), int.MaxValue);

    /// <summary>A whole number, negative or not.</summary>
    internal long TakeInteger(string expected)
    {
        var token = _parser.Take(TokenKind.Number, expected);
        return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw _source.Expected(expected, token);
    }

    /// <summary>Whether the next word is this one; it is then taken.</summary>
    internal bool TryTakeWord(string word) => _parser.Next.IsWord(word) && _parser.TryTake(TokenKind.Name);

    /// <summary>One of a few words.</summary>
    internal string TakeWord(string option, string[] words)
    {
        var expected = $"{Listing.Of(words, "or")} after '{option}'";
        var word = _parser.Take(TokenKind.Name, expected);
        return words.Contains(word.Text, StringComparer.Ordinal)
            ? word.Text
            : throw _source.Wrong(word.Position, $"expected {expected}, but {word.Found}.{Suggestion.For(word.Text, words)}");
    }

    private T ReadEach<T>(ImmutableArray<ControllerOption<T>> options, ReadOnlySpan<(string Name, T Settings)> presets, T settings)
    {
        string[] known = [.. options.Select(option => option.Name)];
        var written = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var word = _parser.Take(TokenKind.Name, $"one of the options {string.Join(", ", known)}");
            if (options.FirstOrDefault(option => option.Name == word.Text) is not { } option)
            {
                foreach (var preset in presets)
                {
                    if (preset.Name == word.Text)
                    {
                        throw _source.Wrong(word.Position, $"the preset '{word.Text}' must come first, and alone; write {Name}({word.Text}, ...).");
                    }
                }

                throw _source.Wrong(
                    word.Position, $"{Name} has no option '{Token.Shorten(word.Text)}'; its options are {string.Join(", ", known)}.{Suggestion.For(word.Text, known)}");
            }

            if (!written.Add(option.Name))
            {
                throw _source.Wrong(word.Position, $"the option '{option.Name}' stands there twice; leave one out.");
            }

            settings = Set(option, settings, word);
        }
        while (_parser.TryTake(TokenKind.Comma));
        return Closed(settings);
    }

    private T Set<T>(ControllerOption<T> option, T settings, Token word)
    {
        try
        {
            return option.Set(this, settings);
        }
        catch (ArgumentException exception)
        {
            Complain(word, $"{Name}: {ArgumentSentence.Of(exception, _ => option.Name)}");
            return settings;
        }
    }

    private T Closed<T>(T settings)
    {
        _parser.Take(TokenKind.Close, "',' or ')'");
        return settings;
    }

    private void Complain(Token token, string finding) => _findings.AddRange(_source.Wrong(token.Position, finding).Findings);

    private Parser ParserOf(List<Token> tokens) =>
        new(_source, tokens, ScheduleFunctions.None, ImmutableDictionary<string, Schedule>.Empty);
}
