using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rubato.Data.Datasets.Reading;

/// <summary>
/// Findings of one file: the first few in full, the others only counted and never worded, so that a hostile file cannot make a report
/// many times its own size.
/// </summary>
internal sealed class FindingList
{
    private const int MostShown = 20;
    private readonly List<Finding> _shown = [];

    internal int Count { get; private set; }

    internal void Add(string file, [InterpolatedStringHandlerArgument("")] ref Sentence sentence)
    {
        Count++;
        if (_shown.Count < MostShown)
        {
            _shown.Add(new Finding(file, null, sentence.Word()));
        }
    }

    internal void Add(string file, int line, [InterpolatedStringHandlerArgument("")] ref Sentence sentence)
    {
        Count++;
        if (_shown.Count < MostShown)
        {
            _shown.Add(new Finding(file, null, sentence.Word()) { Place = string.Create(CultureInfo.InvariantCulture, $"line {line}") });
        }
    }

    internal void ThrowIfAny(string file)
    {
        if (Count > _shown.Count)
        {
            _shown.Add(new Finding(file, null, $"has {Count - _shown.Count} more findings of these kinds"));
        }

        if (_shown.Count > 0)
        {
            throw new InvalidInputException(_shown);
        }
    }

    /// <summary>An interpolated string that is formatted only where the list still shows it.</summary>
    [InterpolatedStringHandler]
    internal ref struct Sentence
    {
        private DefaultInterpolatedStringHandler _inner;

        // The signature is the compiler's convention.
        public Sentence(int literalLength, int formattedCount, FindingList findings, out bool isWanted)
        {
            isWanted = findings._shown.Count < MostShown;
            _inner = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string value) => _inner.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _inner.AppendFormatted(value);

        internal string Word() => _inner.ToStringAndClear();
    }
}
