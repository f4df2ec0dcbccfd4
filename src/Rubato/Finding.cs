using System.Globalization;
using Rubato.Numerics;

namespace Rubato;

/// <summary>
/// What is wrong with something that was written (a setting, a file, an expression, a plan), as data: which setting, its value, the
/// place, the rule and the remedy. <see cref="ToString"/> makes one sentence of them.
/// </summary>
/// <remarks>Immutable and safe for use by several threads; equal if all parts are.</remarks>
public sealed record Finding
{
    // With one of these a rule goes on the sentence that the setting begins; "it" begins a clause of its own.
    private static readonly string[] Verbs = ["is", "are", "has", "have", "needs", "must", "cannot", "holds", "belongs"];
    private static readonly string[] Conjunctions = ["but", "and", "which", "whose", "so"];

    /// <summary>A finding about no setting.</summary>
    /// <param name="rule">What must hold or what is so: a clause, or a whole sentence.</param>
    public Finding(string rule)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        Rule = rule;
    }

    /// <summary>A finding about a setting.</summary>
    /// <param name="setting">The name of the C# property or parameter, or the subject that a parser was given.</param>
    /// <param name="value">What it is, as text; null if it is missing or does not matter.</param>
    /// <param name="rule">
    /// What must hold or what is so, such as <c>it must be at least 1</c> or <c>but the training set has 20 samples</c>.
    /// </param>
    /// <param name="remedy">What to do, such as <c>write at most 20</c> or <c>for instance 128</c>; null if the rule says it.</param>
    public Finding(string setting, string? value, string rule, string? remedy = null)
        : this(rule)
    {
        ArgumentNullException.ThrowIfNull(setting);
        (Setting, Value, Remedy) = (setting, value, remedy);
    }

    /// <summary>A finding about a setting whose value is a number or something else that has a text.</summary>
    /// <param name="setting">The name of the C# property or parameter, or the subject that a parser was given.</param>
    /// <param name="value">What it is.</param>
    /// <param name="rule">What must hold or what is so.</param>
    /// <param name="remedy">What to do; null if the rule says it.</param>
    public Finding(string setting, object? value, string rule, string? remedy = null)
        : this(setting, TextOf(value), rule, remedy)
    {
    }

    /// <summary>
    /// The setting: the name of a C# property or parameter, or what a parser was told that it reads, such as a file; null if the finding is
    /// about no setting.
    /// </summary>
    public string? Setting { get; init; }

    /// <summary>The setting's value as text; null if it is missing or does not matter.</summary>
    public string? Value { get; init; }

    /// <summary>Where in the value, or in the file, such as <c>column 8</c> or <c>line 3</c>; null for the whole.</summary>
    public string? Place { get; init; }

    /// <summary>What must hold or what is so.</summary>
    public string Rule { get; init; }

    /// <summary>What to do; null if the rule says it.</summary>
    public string? Remedy { get; init; }

    /// <summary>Takes a sentence as a finding about no setting.</summary>
    /// <param name="sentence">The sentence.</param>
    public static implicit operator Finding(string sentence) => FromString(sentence);

    /// <summary>Takes a sentence as a finding about no setting.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <returns>The finding; the sentence is its rule.</returns>
    public static Finding FromString(string sentence) => new(sentence);

    /// <summary>The same finding in a place that holds its own place, such as one of several rewrites.</summary>
    /// <param name="place">The outer place.</param>
    /// <returns>The finding; if it had a place, both.</returns>
    public Finding At(string place) => Setting is null
        ? this with { Place = Place is null ? place : $"{place}, {Place}" }
        : new Finding(Claim) { Place = place, Remedy = Remedy };

    /// <summary>The same finding as one about a setting that holds what it was about, such as a file.</summary>
    /// <param name="setting">The outer setting.</param>
    /// <param name="value">Its value; null if it does not matter.</param>
    /// <returns>The finding; if it had a setting, that is part of the rule.</returns>
    public Finding Under(string setting, string? value = null) => Setting is null
        ? this with { Setting = setting, Value = value }
        : new Finding(setting, value, Claim, Remedy);

    /// <summary>One sentence: setting, value, place, rule, remedy.</summary>
    /// <returns>The sentence, such as <c>BatchSize is 0; it must be at least 1, for instance 128.</c></returns>
    public override string ToString()
    {
        var claim = Claim;
        var sentence = Remedy is null ? claim : $"{claim.TrimEnd('.')}{LinkTo(Remedy, claim)}{Remedy}";
        return sentence[^1] is '.' or '?' or '!' ? sentence : sentence + '.';
    }

    private static string? TextOf(object? value) =>
        value is double number ? ExactNumber.Text(number) : Convert.ToString(value, CultureInfo.InvariantCulture);

    private string Claim => Head is { } head ? $"{head}{Link()}{Rule}" : Rule;

    private string? Head => (Setting, Value, Place) switch
    {
        (null, _, var place) => place,
        (var setting, null, null) => setting,
        (var setting, null, var place) => $"{setting}, {place}",
        (var setting, var value, null) => $"{setting} is {Quoted(value)}",
        (var setting, var value, var place) => $"{setting} '{value}', {place}",
    };

    private static string LinkTo(string remedy, string claim) =>
        char.IsUpper(remedy[0]) ? claim[^1] is '?' ? " " : ". "
        : remedy.StartsWith("for instance ", StringComparison.Ordinal) ? ", "
        : "; ";

    private static string Quoted(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? value : $"'{value}'";

    private string Link()
    {
        var first = Rule.Split(' ', 2)[0];
        return Place is not null ? ": "
            : Value is null ? Verbs.Contains(first, StringComparer.Ordinal) ? " " : ": "
            : first == "it" ? "; "
            : Conjunctions.Contains(first, StringComparer.Ordinal) ? ", "
            : ": ";
    }
}
