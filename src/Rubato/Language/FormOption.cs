using System.Collections.Immutable;
using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Language;

/// <summary>An option of a form: a word, and a value after it.</summary>
/// <typeparam name="T">What the option changes.</typeparam>
/// <param name="Name">The word.</param>
/// <param name="Read">Reads the value and changes what it is an option of.</param>
/// <param name="Print">The value as text; empty if it has none and is written elsewhere.</param>
internal sealed record FormOption<T>(string Name, Func<OptionReader, T, T> Read, Func<T, string> Print)
{
    /// <summary>Whether it must be written.</summary>
    internal bool IsRequired { get; init; }

    internal static FormOption<T> Number(string name, Func<T, double> get, Func<T, double, T> set) => new(
        name,
        (reader, value) => set(value, reader.TakeNumber(name)),
        value => ExactNumber.Text(get(value)));

    /// <summary>A whole number of at least 1.</summary>
    internal static FormOption<T> Count(string name, Func<T, int> get, Func<T, int, T> set) => new(
        name,
        (reader, value) => set(value, (int)Math.Min(reader.TakeCount(name), int.MaxValue)),
        value => get(value).ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number of at least 1 that may be left to a rule; it is then printed as nothing.</summary>
    internal static FormOption<T> Size(string name, Func<T, long?> get, Func<T, long, T> set) => new(
        name,
        (reader, value) => set(value, reader.TakeCount(name)),
        value => get(value)?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>A duration; one that is the rest is printed as nothing.</summary>
    internal static FormOption<T> Duration(string name, Func<T, Duration> get, Func<T, Duration, T> set) => new(
        name,
        (reader, value) => set(value, reader.TakeDuration(name)),
        value => get(value) is { IsRest: false } duration ? duration.ToString() : "");

    /// <summary>One of a few words; a value that has none is printed as nothing.</summary>
    internal static FormOption<T> Word<TValue>(
        string name, Func<T, TValue> get, Func<T, TValue, T> set, params ImmutableArray<(string Word, TValue Value)> words) => new(
        name,
        (reader, value) =>
        {
            var written = reader.TakeWord(name, [.. words.Select(word => word.Word)]);
            return set(value, words.First(word => word.Word == written).Value);
        },
        value => words.FirstOrDefault(word => EqualityComparer<TValue>.Default.Equals(word.Value, get(value))).Word ?? "");
}
