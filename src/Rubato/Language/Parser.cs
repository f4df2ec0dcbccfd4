using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>
/// Recursive descent over tokens: <c>schedule = sum { "then" sum }</c>, <c>sum = product { "+" product }</c>,
/// <c>product = primary { "*" primary }</c>, <c>primary = number | name [ "(" arguments ")" ] | "(" schedule ")"</c>.
/// </summary>
/// <param name="source">The text.</param>
/// <param name="tokens">Its tokens, the last of which is an end.</param>
/// <param name="functions">The functions that may be named.</param>
/// <param name="hasBase">Whether <c>base</c> is a schedule.</param>
internal sealed class Parser(SourceText source, List<Token> tokens, ScheduleFunctions functions, bool hasBase = false)
{
    // Far below what the stack bears, far above what anybody writes.
    private const int MaxDepth = 100;

    private int _next;
    private int _depth;

    /// <summary>What comes next.</summary>
    internal Token Next => tokens[_next];

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="functions">The functions that may be named.</param>
    /// <param name="subject">What the text is, for messages, such as <c>--lr</c>.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form; one sentence: the subject, the text, the column (from 1), what was expected and what was found.
    /// </exception>
    internal static Schedule ParseSchedule(string text, ScheduleFunctions functions, string subject = "schedule")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(functions);
        var source = new SourceText(subject, text);
        return text.Length <= Schedule.MaxTextLength
            ? new Parser(source, Lexer.Read(text), functions).Read()
            : throw source.Wrong(Schedule.MaxTextLength, $"the text has {text.Length} characters; a schedule has at most {Schedule.MaxTextLength}.");
    }

    /// <summary>Reads the whole text.</summary>
    internal Schedule Read()
    {
        var schedule = ReadSchedule();
        return Next.Kind == TokenKind.End ? schedule : throw AfterSchedule("'then', '+', '*' or the end");
    }

    /// <summary>Reads a schedule up to what does not belong to it.</summary>
    internal Schedule ReadSchedule() => ReadJoined(
        () => ReadJoined(
            () => ReadJoined(ReadPrimary, () => TryTake(TokenKind.Star), factors => new Product(factors)),
            () => TryTake(TokenKind.Plus),
            terms => new Sum(terms)),
        () => Next.IsWord("then") && TryTake(TokenKind.Name),
        parts => new Sequence(parts));

    /// <summary>Takes what comes next.</summary>
    internal Token Take() => Next.Kind == TokenKind.End ? Next : tokens[_next++];

    /// <summary>Takes what comes next if it is of a kind.</summary>
    internal bool TryTake(TokenKind kind)
    {
        if (Next.Kind != kind)
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes what must come next.</summary>
    internal Token Take(TokenKind kind, string expected) => Next.Kind == kind ? Take() : throw source.Expected(expected, Next);

    /// <summary>Whether an option begins here: a name, and after a colon or a blank its value.</summary>
    internal bool IsAtOption()
    {
        if (Next.Kind != TokenKind.Name)
        {
            return false;
        }

        var after = tokens[_next + 1];
        return after.Kind == TokenKind.Colon
            || (after.Position > Next.Position + Next.Text.Length && after.Kind is not (TokenKind.Comma or TokenKind.Open or TokenKind.Close or TokenKind.End));
    }

    /// <summary>What stands after a whole schedule does not belong there.</summary>
    internal InvalidInputException AfterSchedule(string expected)
    {
        var remedy = Next.Text.StartsWith('-') ? "; to subtract, add a negative number, as in 0.1 + -0.05" : "";
        var near = Next.Kind == TokenKind.Name ? Suggestion.For(Next.Text, ["then"]) : "";
        return source.Wrong(Next.Position, $"expected {expected}, but {Next.Found}{remedy}.{near}");
    }

    private Schedule ReadJoined(Func<Schedule> readPart, Func<bool> tryTakeSign, Func<ImmutableArray<Schedule>, Schedule> join)
    {
        var position = Next.Position;
        var first = readPart();
        if (!tryTakeSign())
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Schedule>();
        parts.Add(first);
        do
        {
            parts.Add(readPart());
        }
        while (tryTakeSign());
        return source.Make(position, "", () => join(parts.ToImmutable()));
    }

    private Schedule ReadPrimary() => Next switch
    {
        { Kind: TokenKind.Number, Unit.Length: 0 } => new Constant(new Quantities(source, this).TakeNumber("a schedule")),
        { Kind: TokenKind.Open } => ReadNested(ReadParenthesis),
        { Kind: TokenKind.Name } => ReadNested(ReadNamed),
        _ => throw source.Expected("a schedule, such as 0.1 or cosine(0.1 -> 0)", Next),
    };

    private Schedule ReadNested(Func<Schedule> read)
    {
        if (++_depth > MaxDepth)
        {
            throw source.Wrong(Next.Position, $"schedules are nested more than {MaxDepth} deep; write it with fewer parentheses.");
        }

        var schedule = read();
        _depth--;
        return schedule;
    }

    private Schedule ReadParenthesis()
    {
        Take();
        var schedule = ReadSchedule();
        return TryTake(TokenKind.Close) ? schedule : throw AfterSchedule("'then', '+', '*' or ')'");
    }

    private Schedule ReadNamed()
    {
        var name = Take();
        if (name.Text == BaseSchedule.Word)
        {
            return hasBase ? Schedule.Base : throw source.Wrong(
                name.Position, $"'{BaseSchedule.Word}' is the plan's own schedule, which only parameter groups know; write the schedule itself.");
        }

        return Forms.Find(name.Text) is { } form ? new ArgumentReader(source, this, form, name.Position, functions).Read() : throw Unknown(name);
    }

    private InvalidInputException Unknown(Token name)
    {
        if (functions.Names.Contains(name.Text, StringComparer.Ordinal))
        {
            return source.Wrong(name.Position, $"'{name.Text}' is a function of your own; write function({name.Text}).");
        }

        string[] known = [.. hasBase ? [BaseSchedule.Word] : (string[])[], .. Forms.All.Select(form => form.Name)];
        var remedy = Suggestion.For(name.Text, known) is { Length: > 0 } near ? $".{near}" : $"; the schedules are {string.Join(", ", known)}.";
        return source.Wrong(name.Position, $"there is no schedule '{Token.Shorten(name.Text)}'{remedy}");
    }
}
