using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>A form of the language: <c>name(lead, bare, keyword value, ...)</c>.</summary>
/// <param name="Name">The word before the parenthesis.</param>
/// <param name="Example">What messages show.</param>
/// <param name="Lead">What comes first.</param>
/// <param name="Bare">What stands among the rest without a keyword.</param>
/// <param name="Make">The schedule of the arguments that were read.</param>
/// <param name="Keywords">What stands among the rest with a keyword, in any order.</param>
internal sealed record Form(
    string Name, string Example, Lead Lead, Bare Bare, Func<Arguments, Schedule> Make, params ImmutableArray<Keyword> Keywords);

/// <summary>A keyword and what follows it.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="Kind">What follows.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Words">The words that may follow, of <see cref="KeywordKind.Word"/>.</param>
internal sealed record Keyword(string Name, KeywordKind Kind, bool IsRequired, params ImmutableArray<string> Words);

/// <summary>What follows a keyword.</summary>
internal enum KeywordKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number of at least 1.</summary>
    Count,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>One duration or more, with blanks between them.</summary>
    Durations,

    /// <summary>One of a few words.</summary>
    Word,
}

/// <summary>What comes first in a form.</summary>
internal enum Lead
{
    /// <summary>Nothing of its own.</summary>
    None,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>a -> b</c>.</summary>
    Arrow,

    /// <summary><c>low..high</c>.</summary>
    Range,

    /// <summary>A schedule.</summary>
    Schedule,

    /// <summary>The name of a function.</summary>
    Function,
}

/// <summary>What stands without a keyword after the lead.</summary>
internal enum Bare
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A duration, or nothing for the rest.</summary>
    Length,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number of at least 1, or nothing.</summary>
    Count,

    /// <summary><c>low..high</c>.</summary>
    Range,

    /// <summary><c>D: number</c>, once or more.</summary>
    Points,

    /// <summary><c>D: schedule</c>, once or more.</summary>
    Stages,
}
