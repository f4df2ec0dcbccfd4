using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Unicode;

namespace Rubato.Data.Datasets.Csv;

/// <summary>
/// The different labels of a table. At most <see cref="Most"/> of them, so that a column of free text cannot fill the memory.
/// </summary>
internal sealed class CsvClasses(string file, string column)
{
    internal const int Most = 1000;
    internal const int LongestLabel = 200;
    private readonly Dictionary<string, ushort> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    internal int Count => _names.Count;

    /// <summary>Whether there were more than <see cref="Most"/>.</summary>
    internal bool HasTooMany { get; private set; }

    /// <summary>The number of a label in the order of first appearance; 0 with a fault where it cannot be one.</summary>
    internal ushort IndexOf(CsvField field, int line, int column, CsvFaults faults)
    {
        // Each character may be a quote, which stands in the file twice.
        Span<char> buffer = stackalloc char[2 * LongestLabel];
        if (!Decode(field, buffer, out var length))
        {
            faults.Add(field.Value.IsEmpty ? CsvFaultKind.NoLabel : CsvFaultKind.BadLabel, line, column, field.Value);
            return 0;
        }

        var label = buffer[..length];
        var lookup = _indices.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(label, out var index))
        {
            return index;
        }

        if (_names.Count == Most)
        {
            HasTooMany = true;
            return 0;
        }

        index = (ushort)_names.Count;
        var name = label.ToString();
        _indices.Add(name, index);
        _names.Add(name);
        return index;
    }

    /// <summary>Names in their final order; <paramref name="labels"/> are renumbered to it in place.</summary>
    internal ImmutableArray<string> Sort(Span<ushort> labels)
    {
        var numbers = new double[_names.Count];
        var numeric = true;
        for (var i = 0; i < numbers.Length; i++)
        {
            numeric &= double.TryParse(_names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                && double.IsFinite(numbers[i]);
        }

        var order = Enumerable.Range(0, numbers.Length)
            .OrderBy(i => numeric ? numbers[i] : 0)
            .ThenBy(i => _names[i], StringComparer.Ordinal)
            .ToArray();
        if (numeric)
        {
            RequireDistinct(order, numbers);
        }

        var rank = new ushort[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = (ushort)i;
        }

        foreach (ref var label in labels)
        {
            label = rank[label];
        }

        return [.. order.Select(i => _names[i])];
    }

    private void RequireDistinct(int[] order, double[] numbers)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (numbers[order[i]] == numbers[order[i - 1]])
            {
                throw new InvalidInputException(new Finding(
                    file,
                    null,
                    $"the label column '{column}' holds '{_names[order[i - 1]]}' and '{_names[order[i]]}', which are one number",
                    "write it one way"));
            }
        }
    }

    private static bool Decode(CsvField field, Span<char> buffer, out int length)
    {
        var status = Utf8.ToUtf16(field.Value, buffer, out _, out length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done || length == 0)
        {
            return false;
        }

        if (!field.HasEscapes)
        {
            return length <= LongestLabel;
        }

        var written = 0;
        for (var read = 0; read < length; read++)
        {
            buffer[written++] = buffer[read];
            if (buffer[read] == '"')
            {
                read++;
            }
        }

        length = written;
        return length <= LongestLabel;
    }
}
