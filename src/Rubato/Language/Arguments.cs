using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato.Language;

/// <summary>What was read between the parentheses of a form.</summary>
/// <param name="functions">The functions that may be named.</param>
internal sealed class Arguments(ScheduleFunctions functions)
{
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Duration> _durations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>The functions that may be named.</summary>
    internal ScheduleFunctions Functions { get; } = functions;

    /// <summary>The number that leads; of two, the first.</summary>
    internal double First { get; set; }

    /// <summary>The second of two numbers that lead.</summary>
    internal double Second { get; set; }

    /// <summary>The schedule that leads.</summary>
    internal Schedule Inner { get; set; } = 0;

    /// <summary>The name that leads.</summary>
    internal string Function { get; set; } = "";

    /// <summary>The bare duration; the rest where there is none.</summary>
    internal Duration Length { get; set; }

    /// <summary>The bare number.</summary>
    internal double Factor { get; set; }

    /// <summary>The bare count; null where there is none.</summary>
    internal long? BareCount { get; set; }

    /// <summary>The points of a table.</summary>
    internal List<TablePoint> Points { get; } = [];

    /// <summary>The stages of a staged run.</summary>
    internal List<Stage> Stages { get; } = [];

    /// <summary>The durations of the one option that takes several.</summary>
    internal List<Duration> Milestones { get; } = [];

    internal Arguments Set(string name, double number)
    {
        _numbers.Add(name, number);
        return this;
    }

    internal Arguments Set(string name, long count)
    {
        _counts.Add(name, count);
        return this;
    }

    internal Arguments Set(string name, Duration duration)
    {
        _durations.Add(name, duration);
        return this;
    }

    internal Arguments Set(string name, string word)
    {
        _words.Add(name, word);
        return this;
    }

    internal Arguments Add(ImmutableArray<Duration> milestones)
    {
        Milestones.AddRange(milestones);
        return this;
    }

    internal double Number(string name, double fallback = 0) => _numbers.GetValueOrDefault(name, fallback);

    internal long? Count(string name) => _counts.TryGetValue(name, out var count) ? count : null;

    internal Duration Duration(string name) => _durations.GetValueOrDefault(name);

    internal string Word(string name) => _words.GetValueOrDefault(name, "");
}
