using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>A form of the language: <c>name(lead, bare, option value, ...)</c>.</summary>
/// <param name="Name">The word before the parenthesis.</param>
/// <param name="Example">What messages show.</param>
/// <param name="Lead">What comes first.</param>
/// <param name="Bare">What stands among the rest without an option's name.</param>
/// <param name="Make">The schedule of the arguments that were read.</param>
/// <param name="Options">What stands among the rest with a name, in any order.</param>
internal sealed record Form(
    string Name, string Example, Lead Lead, Bare Bare, Func<Arguments, Schedule> Make, params ImmutableArray<FormOption<Arguments>> Options);

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

/// <summary>What stands without a name after the lead.</summary>
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
