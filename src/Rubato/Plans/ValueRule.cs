using System.Globalization;
using Rubato.Numerics;
using Rubato.Schedules;

namespace Rubato.Plans;

/// <summary>Which values a schedule of a plan may take.</summary>
internal sealed record ValueRule(Func<double, bool> Allows, Func<Interval, bool> AllowsAll, string Sentence)
{
    private const int Probes = 100_000;

    internal static ValueRule Rate { get; } =
        new(
            value => value >= 0 && double.IsFinite(value),
            range => range.Min >= 0 && double.IsFinite(range.Max),
            "a finite number of at least 0");

    internal static ValueRule Positive { get; } =
        new(
            value => value > 0 && double.IsFinite(value),
            range => range.Min > 0 && double.IsFinite(range.Max),
            "a finite number above 0");

    internal static ValueRule Momentum { get; } =
        new(value => value is >= 0 and < 1, range => range is { Min: >= 0, Max: < 1 }, "at least 0 and below 1");

    internal static ValueRule BatchSize { get; } = new(
        value => Math.Round(value) is >= 1 and <= int.MaxValue,
        range => Math.Round(range.Min) >= 1 && Math.Round(range.Max) <= int.MaxValue,
        $"at least 1 and at most {int.MaxValue} when rounded");

    /// <summary>The first position found whose value is not allowed, as a sentence; null where there is none.</summary>
    /// <remarks>Bounds that hold at all times settle most schedules at once; the others are looked at in up to 100,000 places.</remarks>
    /// <param name="resolved">The schedule, in samples.</param>
    /// <param name="budget">Up to where it is looked at.</param>
    /// <param name="epoch">
    /// How many positions stand for an epoch if the size of the training set is not known; null if positions are samples.
    /// </param>
    internal string? Finding(Schedule resolved, long budget, long? epoch = null)
    {
        if (AllowsAll(resolved.Bounds))
        {
            return null;
        }

        if (resolved is Constant)
        {
            return $"it must be {Sentence}";
        }

        var stride = Math.Max(budget / Probes, 1);
        for (var position = 0L; position < budget; position += stride)
        {
            var value = resolved.Evaluate(position);
            if (!Allows(value))
            {
                var where = epoch is { } size
                    ? string.Create(CultureInfo.InvariantCulture, $"epoch {(double)position / size:G6}")
                    : string.Create(CultureInfo.InvariantCulture, $"sample {position}");
                return $"it is {ExactNumber.Text(value)} at {where}, but must be {Sentence}";
            }
        }

        return null;
    }
}
