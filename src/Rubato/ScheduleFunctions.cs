using System.Collections.Immutable;
using Rubato.Language;
using Rubato.Schedules;

namespace Rubato;

/// <summary>Functions of your own by their names, for reading schedules that name them.</summary>
/// <remarks>Immutable and safe for use by several threads, as the functions themselves must be.</remarks>
public sealed class ScheduleFunctions
{
    private readonly ImmutableSortedDictionary<string, Func<double, double>> _shapes;

    private ScheduleFunctions(ImmutableSortedDictionary<string, Func<double, double>> shapes) => _shapes = shapes;

    /// <summary>No functions.</summary>
    public static ScheduleFunctions None { get; } =
        new(ImmutableSortedDictionary.Create<string, Func<double, double>>(StringComparer.Ordinal));

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _shapes.Keys;

    /// <summary>These functions and one more.</summary>
    /// <param name="name">Letters, digits and dashes; begins with a letter.</param>
    /// <param name="shape">Pure; from a share in [0, 1] to a finite number.</param>
    /// <returns>The functions.</returns>
    /// <exception cref="ArgumentException">The name has another form, or is taken.</exception>
    public ScheduleFunctions With(string name, Func<double, double> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return _shapes.ContainsKey(RequireName(name))
            ? throw new ArgumentException($"There is a function '{name}' already; give it another name.", nameof(name))
            : new ScheduleFunctions(_shapes.Add(name, shape));
    }

    /// <summary>A schedule of a named function.</summary>
    /// <exception cref="InvalidInputException">There is no such function.</exception>
    internal Function Create(string name, Duration length)
    {
        if (_shapes.TryGetValue(name, out var shape))
        {
            return new Function(name, shape, length);
        }

        var known = _shapes.IsEmpty ? "none is registered" : $"registered are {string.Join(", ", Names)}";
        throw new InvalidInputException(
            $"there is no function '{name}'; {known}. In code, ScheduleFunctions.With registers one.{Suggestion.For(name, [.. Names])}");
    }

    /// <summary>The same schedule with the functions that it names.</summary>
    /// <exception cref="InvalidInputException">There is no such function.</exception>
    internal Schedule Bind(Schedule schedule) =>
        Leaves.Replace(schedule, leaf => leaf is Function named ? Create(named.Name, named.Length) : leaf);

    internal static string RequireName(string name) =>
        IsName(name)
            ? name
            : throw new ArgumentException(
                $"'{name}' is no name; it must begin with a letter and hold letters, digits and dashes.", nameof(name));

    internal static bool IsName(string name) =>
        !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
