using System.Globalization;

namespace Rubato.Language;

/// <summary>
/// The text form of a thing with options: <c>name</c> or <c>name(value, ..., key: value, ...)</c>, as in
/// <c>mlp(256, 128, norm: batch)</c>. Names hold letters, digits, <c>-</c> and <c>_</c>; values hold anything but <c>, : ( )</c>.
/// </summary>
/// <remarks>
/// The reader of the options asks for each by place or key and then calls <see cref="Finish"/>, which refuses what nobody asked for.
/// Not safe for use by several threads: it remembers what was asked for.
/// </remarks>
public sealed class CallExpression
{
    private readonly List<string> _values = [];
    private readonly List<KeyValuePair<string, string>> _options = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private int _valuesTaken;

    private CallExpression(string source, string name)
    {
        Source = source;
        Name = name;
    }

    /// <summary>The whole text.</summary>
    public string Source { get; }

    /// <summary>What stands before the parenthesis.</summary>
    public string Name { get; }

    /// <summary>How many values without a key there are.</summary>
    public int ValueCount => _values.Count;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What the text is, for messages, e.g. <c>--network</c>.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="InvalidInputException">The text has another form; the message says the column (from 1) and what was expected.</exception>
    public static CallExpression Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        var position = SkipBlanks(text, 0);
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '-' or '_'))
        {
            position++;
        }

        if (position == start)
        {
            throw Wrong(text, subject, position, "a name");
        }

        var expression = new CallExpression(text.Trim(), text[start..position]);
        position = SkipBlanks(text, position);
        var hasOptions = position < text.Length && text[position] == '(';
        if (hasOptions)
        {
            position = expression.ReadOptions(text, subject, position + 1);
        }

        if (position < text.Length)
        {
            throw Wrong(text, subject, position, hasOptions ? "the end" : "the end, or an opening parenthesis after the name");
        }

        return expression;
    }

    /// <summary>All values without a key, as whole numbers of at least 1.</summary>
    /// <param name="meaning">What they are, for messages.</param>
    /// <returns>The numbers, in their order.</returns>
    /// <exception cref="InvalidInputException">One is no such number.</exception>
    public IReadOnlyList<int> TakeSizes(string meaning)
    {
        _valuesTaken = _values.Count;
        return [.. _values.Select(value => ToSize(value, meaning))];
    }

    /// <summary>All values without a key, as they stand there.</summary>
    /// <returns>The values, in their order; none is empty or begins or ends with a blank.</returns>
    public IReadOnlyList<string> TakeValues()
    {
        _valuesTaken = _values.Count;
        return [.. _values];
    }

    /// <summary>The value of a key out of a set of words.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The word where the key is not written.</param>
    /// <param name="allowed">All words that are allowed.</param>
    /// <returns>The word.</returns>
    /// <exception cref="InvalidInputException">The value is another word.</exception>
    public string TakeWord(string key, string fallback, params ReadOnlySpan<string> allowed)
    {
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        foreach (var word in allowed)
        {
            if (word == value)
            {
                return word;
            }
        }

        throw new InvalidInputException(
            $"'{Source}': {key} is {value}, but must be one of {string.Join(", ", allowed.ToArray())}.{Suggestion.For(value, allowed.ToArray())}");
    }

    /// <summary>The value of a key as a number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The number where the key is not written.</param>
    /// <param name="isAllowed">Which numbers are allowed.</param>
    /// <param name="rule">The same in words, e.g. <c>at least 0 and below 1</c>.</param>
    /// <returns>The number; finite.</returns>
    /// <exception cref="InvalidInputException">The value is no number, or not allowed.</exception>
    public double TakeNumber(string key, double fallback, Func<double, bool> isAllowed, string rule)
    {
        ArgumentNullException.ThrowIfNull(isAllowed);
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && isAllowed(number)
            ? number
            : throw new InvalidInputException($"'{Source}': {key} is {value}, but must be a number {rule}.");
    }

    /// <summary>The value of a key as a whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The number where the key is not written.</param>
    /// <param name="minimum">The smallest number that is allowed.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidInputException">The value is no such number.</exception>
    public long TakeInteger(string key, long fallback, long minimum)
    {
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw new InvalidInputException($"'{Source}': {key} is {value}, but must be a whole number of at least {minimum}.");
    }

    /// <summary>Says that all options have been asked for.</summary>
    /// <exception cref="InvalidInputException">Something stands in the text that nobody asked for.</exception>
    public void Finish()
    {
        if (_valuesTaken < _values.Count)
        {
            throw new InvalidInputException(
                $"'{Source}': {Name} takes no value '{_values[_valuesTaken]}'; {Known()}.");
        }

        foreach (var (key, _) in _options)
        {
            if (!_asked.Contains(key))
            {
                throw new InvalidInputException($"'{Source}': {Name} has no option '{key}'; {Known()}.{Suggestion.For(key, [.. _asked])}");
            }
        }
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position;
    }

    private static InvalidInputException Wrong(string text, string subject, int position, string expected)
    {
        var found = position < text.Length ? $"found '{text[position]}'" : "the text ends";
        return new InvalidInputException(new Finding(subject, text, $"expected {expected}, but {found}") { Place = $"column {position + 1}" });
    }

    private string Known() => _asked.Count == 0 ? "it has no options" : $"its options are {string.Join(", ", _asked)}";

    private int ToSize(string value, string meaning) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1
            ? size
            : throw new InvalidInputException($"'{Source}': {meaning} is {value}, but must be a whole number of at least 1.");

    private string? Find(string key)
    {
        _asked.Add(key);
        foreach (var (name, value) in _options)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }

    private int ReadOptions(string text, string subject, int position)
    {
        while (true)
        {
            position = SkipBlanks(text, position);
            var (first, afterFirst) = ReadWord(text, subject, position);
            if (afterFirst < text.Length && text[afterFirst] == ':')
            {
                if (_options.Exists(option => option.Key == first))
                {
                    throw new InvalidInputException($"{subject} '{text}': the option '{first}' stands there twice; leave one out.");
                }

                (var value, position) = ReadWord(text, subject, SkipBlanks(text, afterFirst + 1));
                _options.Add(new(first, value));
            }
            else if (_options.Count > 0)
            {
                throw Wrong(text, subject, afterFirst, $"':' after '{first}', since options with a key come last");
            }
            else
            {
                _values.Add(first);
                position = afterFirst;
            }

            if (position >= text.Length || text[position] is not (',' or ')'))
            {
                throw Wrong(text, subject, position, "',' or ')'");
            }

            if (text[position] == ')')
            {
                return SkipBlanks(text, position + 1);
            }

            position++;
        }
    }

    private static (string Word, int Next) ReadWord(string text, string subject, int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not (',' or ':' or '(' or ')'))
        {
            position++;
        }

        var word = text[start..position].TrimEnd();
        return word.Length > 0 ? (word, position) : throw Wrong(text, subject, position, "a value");
    }
}
