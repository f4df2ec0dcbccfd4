namespace Rubato.Language;

/// <summary>
/// Reads a name in a text, the options after it, and the schedules around it: <c>SCHEDULE then NAME(...) then SCHEDULE</c>.
/// </summary>
internal sealed class CallReader : OptionReader
{
    private readonly List<Token> _tokens;
    private readonly int _at;
    private readonly Parser _parser;

    /// <summary>Begins after the name.</summary>
    /// <param name="source">The text.</param>
    /// <param name="tokens">Its tokens, the last of which is an end.</param>
    /// <param name="at">Which of them is the name.</param>
    internal CallReader(SourceText source, List<Token> tokens, int at = 0)
        : this(source, tokens, at, new Parser(source, tokens[(at + 1)..], ScheduleFunctions.None))
    {
    }

    private CallReader(SourceText source, List<Token> tokens, int at, Parser parser)
        : base(source, parser, tokens[at].Text) => (_tokens, _at, _parser) = (tokens, at, parser);

    /// <summary>The schedule before the name and its 'then'; null if the name comes first.</summary>
    internal Schedule? Before() => _at == 0
        ? null
        : new Parser(
            Source, [.. _tokens[..(_at - 1)], new Token(TokenKind.End, "", _tokens[_at - 1].Position)], ScheduleFunctions.None).Read();

    /// <summary>Says that something is wrong with the text at the name; to be thrown with all that is wrong.</summary>
    internal void Complain(string finding) => Complain(_tokens[_at], finding);

    /// <summary>The schedule after the name, its options and 'then'; null if the text ends there.</summary>
    internal Schedule? After()
    {
        if (_parser.Next.Kind == TokenKind.End)
        {
            return null;
        }

        if (!_parser.Next.IsWord("then"))
        {
            throw Source.Expected($"'then' or the end after '{Form}'", _parser.Next);
        }

        _parser.Take();
        return _parser.Read();
    }

    /// <summary>The schedule after the name, its options and '*'; null if the text ends there.</summary>
    /// <param name="expected">What must stand behind '*', for the message.</param>
    internal Schedule? Factor(string expected)
    {
        if (_parser.Next.Kind == TokenKind.End)
        {
            return null;
        }

        _parser.Take(TokenKind.Star, $"'*' and {expected}");
        return _parser.Read();
    }

    /// <summary>Says that nothing may follow the name and its options.</summary>
    internal void TakeEnd() => _parser.Take(TokenKind.End, $"the end after '{Form}'");
}
