using System.Collections.Immutable;
using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Language;

/// <summary>An option of a controller: a word, and a value after it.</summary>
/// <typeparam name="T">The controller's settings.</typeparam>
/// <param name="Name">The word.</param>
/// <param name="Set">Reads the value and changes the settings.</param>
/// <param name="Print">The value as text; empty where it has none and is written elsewhere.</param>
internal sealed record ControllerOption<T>(string Name, Func<ControllerReader, T, T> Set, Func<T, string> Print)
{
    internal static ControllerOption<T> Number(string name, Func<T, double> get, Func<T, double, T> set) => new(
        name,
        (reader, settings) => set(settings, reader.Quantities.TakeNumber($"a number after '{name}'")),
        settings => ExactNumber.Text(get(settings)));

    internal static ControllerOption<T> Count(string name, Func<T, int> get, Func<T, int, T> set) => new(
        name,
        (reader, settings) => set(settings, reader.TakeCount($"a whole number of at least 1 after '{name}'")),
        settings => get(settings).ToString(CultureInfo.InvariantCulture));

    internal static ControllerOption<T> Duration(string name, Func<T, Duration> get, Func<T, Duration, T> set) => new(
        name,
        (reader, settings) => set(settings, reader.Quantities.TakeDuration($"a duration, such as 1ep, after '{name}'")),
        settings => get(settings).ToString());

    /// <summary>One of a few words; a value that has none is printed as nothing.</summary>
    internal static ControllerOption<T> Word<TValue>(
        string name, Func<T, TValue> get, Func<T, TValue, T> set, params ImmutableArray<(string Word, TValue Value)> words) => new(
        name,
        (reader, settings) =>
        {
            var written = reader.TakeWord(name, [.. words.Select(word => word.Word)]);
            return set(settings, words.First(word => word.Word == written).Value);
        },
        settings => words.FirstOrDefault(word => EqualityComparer<TValue>.Default.Equals(word.Value, get(settings))).Word ?? "");
}
