using System.Numerics;

namespace Rubato.Schedules;

/// <summary>How far a schedule reaches, as far as it is known before a plan converts its units.</summary>
/// <param name="Reach">What kind of end it has.</param>
/// <param name="Units">A bit for each unit that is used anywhere inside: <c>1 &lt;&lt; (int)unit</c>.</param>
/// <param name="Length">
/// The length in the one unit that is used; 0 for a timeless schedule, positive infinity for an endless one, NaN where it is not known: the
/// units differ or the rest of a budget is needed.
/// </param>
internal readonly record struct Extent(Reach Reach, int Units, double Length)
{
    /// <summary>The same value at all times, for as long as it is given.</summary>
    internal static Extent Timeless => new(Reach.Timeless, 0, 0);

    /// <summary>Some length, in any units.</summary>
    internal static Extent Unknown => new(
        Reach.Fixed, Bit(TimeUnit.Epochs) | Bit(TimeUnit.Batches) | Bit(TimeUnit.Samples) | Bit(TimeUnit.Share), double.NaN);

    /// <summary>Whether values can be computed.</summary>
    internal bool IsResolved => !double.IsNaN(Length);

    /// <summary>Whether it takes what the budget leaves over.</summary>
    internal bool IsElastic => Reach is Reach.Endless or Reach.Rest;

    /// <summary>Whether <see cref="Units"/> holds at most one unit.</summary>
    private bool HasOneUnit => BitOperations.PopCount((uint)Units) <= 1;

    /// <summary>A leaf of a length: fixed, or the rest of the budget.</summary>
    internal static Extent Of(Duration length) =>
        length.IsRest ? new Extent(Reach.Rest, 0, double.NaN) : new Extent(Reach.Fixed, Bit(length.Unit), length.Value);

    /// <summary>A leaf that may go on for ever; other durations inside it count in the units too.</summary>
    internal static Extent Endless(Duration length, params ReadOnlySpan<Duration> others)
    {
        var extent = length.IsRest ? new Extent(Reach.Endless, 0, double.PositiveInfinity) : Of(length);
        foreach (var other in others)
        {
            extent = extent.Using(other);
        }

        return extent;
    }

    /// <summary>Where an endless leaf of such a length ends: infinity for one without a length.</summary>
    internal static double EndOf(Duration length) => length.IsRest ? double.PositiveInfinity : length.Value;

    /// <summary>Schedules at the same time: as long as the longest.</summary>
    internal static Extent Together(ReadOnlySpan<Schedule> schedules)
    {
        var (reach, units, length) = (Reach.Timeless, 0, 0.0);
        foreach (var schedule in schedules)
        {
            var extent = schedule.Extent;
            reach = (Reach)Math.Max((int)reach, (int)extent.Reach);
            units |= extent.Units;
            length = Math.Max(length, extent.Length);
        }

        return new Extent(reach, units, length).Checked();
    }

    /// <summary>One after another: every part but the last takes the rest of the budget where it is not of a fixed length.</summary>
    internal static Extent InTurn(ReadOnlySpan<Schedule> schedules)
    {
        var (elastic, units, length) = (0, 0, 0.0);
        for (var i = 0; i < schedules.Length; i++)
        {
            var extent = schedules[i].Extent;
            var isLast = i == schedules.Length - 1;
            elastic += extent.IsElastic || (extent.Reach == Reach.Timeless && !isLast) ? 1 : 0;
            units |= extent.Units;
            length += isLast || extent.Reach == Reach.Fixed ? extent.Length : double.NaN;
        }

        var reach = elastic == 0 ? Reach.Fixed : double.IsPositiveInfinity(length) ? Reach.Endless : Reach.Rest;
        return new Extent(reach, units, length).Checked();
    }

    /// <summary>With one more duration inside, which does not change the length.</summary>
    internal Extent Using(Duration duration) =>
        duration.IsRest ? this : (this with { Units = Units | Bit(duration.Unit) }).Checked();

    /// <summary>Another length of the same kind.</summary>
    internal Extent WithLength(double length) => (this with { Length = length }).Checked();

    /// <summary>The one unit that is used; null where there is none or more than one.</summary>
    internal TimeUnit? SingleUnit() =>
        BitOperations.PopCount((uint)Units) == 1 ? (TimeUnit)BitOperations.TrailingZeroCount(Units) : null;

    /// <summary>Whether no unit other than these is used.</summary>
    internal bool UsesOnly(TimeUnit unit, TimeUnit other) => (Units & ~(Bit(unit) | Bit(other))) == 0;

    private static int Bit(TimeUnit unit) => unit == TimeUnit.Rest ? 0 : 1 << (int)unit;

    private Extent Checked() => HasOneUnit ? this : this with { Length = double.NaN };
}

/// <summary>What kind of end a schedule has; in the order in which the stronger decides for schedules at the same time.</summary>
internal enum Reach
{
    /// <summary>Constant for ever; takes any length.</summary>
    Timeless,

    /// <summary>Has a length of its own.</summary>
    Fixed,

    /// <summary>Goes on for ever, and can be evaluated so.</summary>
    Endless,

    /// <summary>Takes the rest of a budget, and cannot be evaluated without one.</summary>
    Rest,
}
