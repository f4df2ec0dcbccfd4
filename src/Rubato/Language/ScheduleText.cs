using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>Reads the text form of schedules.</summary>
internal static class ScheduleText
{
    /// <summary>How many characters a text may have.</summary>
    internal const int MaxLength = 65536;

    private static readonly ImmutableDictionary<string, Schedule> NoNames = ImmutableDictionary.Create<string, Schedule>(StringComparer.Ordinal);

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="InvalidInputException">The text has another form.</exception>
    internal static Schedule Parse(string text, ScheduleFunctions functions) => Parse(text, functions, "schedule");

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The text.</param>
    /// <param name="functions">The functions that may be named.</param>
    /// <param name="subject">What the text is, for messages, such as <c>--lr</c>.</param>
    /// <param name="names">Schedules that stand where their name does.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form; one sentence: the subject, the text, the column (from 1), what was expected and what was found.
    /// </exception>
    internal static Schedule Parse(string text, ScheduleFunctions functions, string subject, IReadOnlyDictionary<string, Schedule>? names = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(functions);
        var source = new SourceText(subject, text);
        return text.Length <= MaxLength
            ? new Parser(source, Lexer.Read(text), functions, names ?? NoNames).Read()
            : throw source.Wrong(MaxLength, $"the text has {text.Length} characters; a schedule has at most {MaxLength}.");
    }
}
