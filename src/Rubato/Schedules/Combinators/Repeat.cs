using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A schedule again and again: in cycle <c>c = 0, 1, ...</c>, which begins at <c>s_c</c>,
/// <c>amplify^c body((t - s_c) / lengthen^c)</c>. Each cycle is <c>lengthen</c> times as long as the one before, and its values
/// <c>amplify</c> times as large. After the last one its last value stays. Text: <c>repeat(cosine(0.1 -> 0, 10ep), 3, lengthen 2, amplify
/// 0.5)</c>.
/// </summary>
/// <remarks>
/// The cycle of a position is found in closed form: <c>floor(t / length)</c>, or
/// <c>floor(log(1 + t (lengthen - 1) / length) / log(lengthen))</c>. A body that takes the rest of the budget shares it among the cycles.
/// </remarks>
public sealed record Repeat : Schedule
{
    /// <summary>The largest <see cref="Lengthen"/>: the starts of cycles must stay finite.</summary>
    internal const double MostLengthening = 1e100;

    // Positions must have finite numbers of cycles before them.
    private const double LeastBody = 1e-6;

    private readonly double _body;
    private readonly double _end;

    /// <summary>A repeated schedule.</summary>
    /// <param name="body">One cycle; not endless.</param>
    /// <param name="count">How many cycles, at least 1; null for ever.</param>
    /// <param name="lengthen">At least 1, at most 1e100.</param>
    /// <param name="amplify">Finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The body never ends, takes no time, or takes the rest of the budget with no count to share it.
    /// </exception>
    public Repeat(Schedule body, long? count = null, double lengthen = 1, double amplify = 1)
        : base(ExtentOf(body, count, lengthen))
    {
        Body = body;
        Count = count;
        Lengthen = lengthen;
        Amplify = Require.Positive(amplify, nameof(amplify));
        _body = body.Extent.Length;
        _end = count is { } cycles ? StartOf(cycles) : double.PositiveInfinity;
    }

    /// <summary>One cycle.</summary>
    public Schedule Body { get; }

    /// <summary>How many cycles; null for ever.</summary>
    public long? Count { get; }

    /// <summary>How many times as long each cycle is as the one before.</summary>
    public double Lengthen { get; }

    /// <summary>How many times as large the values of each cycle are as those of the one before.</summary>
    public double Amplify { get; }

    /// <inheritdoc/>
    internal override Interval Bounds
    {
        get
        {
            var last = Count is { } count ? Math.Pow(Amplify, count - 1) : Amplify > 1 ? double.PositiveInfinity : Amplify < 1 ? 0 : 1;
            return Body.Bounds.Times(Interval.Between(1, last));
        }
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position)
    {
        var cycle = CycleAt(position);
        var inside = Math.Min(position, _end) - StartOf(cycle);
        var value = Body.Evaluate(Lengthen == 1 ? inside : inside / Math.Pow(Lengthen, cycle));
        return Amplify == 1 ? value : value * Math.Pow(Amplify, cycle);
    }

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        while (positions.Length > 0)
        {
            var cycle = CycleAt(positions[0]);
            var inside = positions[..CountInCycle(positions, cycle)];
            var (start, longer, larger) = (StartOf(cycle), Math.Pow(Lengthen, cycle), Math.Pow(Amplify, cycle));
            foreach (ref var position in inside)
            {
                position = (Math.Min(position, _end) - start) / longer;
            }

            Body.EvaluateAll(inside);
            foreach (ref var value in inside)
            {
                value *= larger;
            }

            positions = positions[inside.Length..];
        }
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        if (position >= _end)
        {
            return double.PositiveInfinity;
        }

        var cycle = CycleAt(position);
        var (start, longer) = (StartOf(cycle), Math.Pow(Lengthen, cycle));
        var until = start + (Body.HoldsUntil((position - start) / longer) * longer);
        return Math.Min(until, StartOf(cycle + 1));
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        // What a share of the room one body has when there are count of them.
        var bodies = Count is { } count ? Lengthen == 1 ? count : (Math.Pow(Lengthen, count) - 1) / (Lengthen - 1) : 1;
        var inner = place.Anywhere with { Room = place.Room / bodies };
        var body = Body.Resolve(inner);
        if (Body.Extent.Reach != Reach.Fixed && !(body.Extent.Reach == Reach.Fixed && body.End == inner.Room))
        {
            // Whatever it holds, it lasts its share of the room.
            body = Schedules.Over.OfResolved(body, inner.Converted(Duration.Rest));
        }

        if (body.End is > 0 and < LeastBody)
        {
            throw new InvalidInputException(new Finding($"a cycle of {Duration.Of(body.End, place.Axis.Unit)} is next to no time")
            {
                Remedy = "lengthen it",
            });
        }

        if (body.End == 0)
        {
            throw new InvalidInputException(new Finding("the budget leaves no time for its cycles")
            {
                Remedy = "shorten the other parts",
            });
        }

        return new Repeat(body, Count, Lengthen, Amplify);
    }

    // At the end of the last cycle, and beyond, the last cycle counts: its last value stays.
    private double CycleAt(double position)
    {
        if (position >= _end)
        {
            return (double)(Count ?? 1) - 1;
        }

        var cycle = Math.Floor(Lengthen == 1 ? position / _body : Math.Log(1 + (position * (Lengthen - 1) / _body)) / Math.Log(Lengthen));

        // Rounding may miss by one at a boundary; the starts decide.
        return position < StartOf(cycle) ? cycle - 1 : position >= StartOf(cycle + 1) ? cycle + 1 : cycle;
    }

    // How many of ascending positions are in the cycle of the first. The search widens from there, so that short cycles cost few steps too.
    private int CountInCycle(ReadOnlySpan<double> positions, double cycle)
    {
        var (low, high) = (0, 1);
        while (high < positions.Length && CycleAt(positions[high]) == cycle)
        {
            (low, high) = (high, high > positions.Length / 2 ? positions.Length : high * 2);
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = CycleAt(positions[middle]) == cycle ? (middle, high) : (low, middle);
        }

        return high;
    }

    private double StartOf(double cycle) => Lengthen == 1 ? cycle * _body : _body * ((Math.Pow(Lengthen, cycle) - 1) / (Lengthen - 1));

    private static Extent ExtentOf(Schedule body, long? count, double lengthen)
    {
        if (lengthen is not (>= 1 and <= MostLengthening))
        {
            throw new ArgumentOutOfRangeException(nameof(lengthen), lengthen, "lengthen must be at least 1 and at most 1e100.");
        }

        if (count is { } cycles)
        {
            Require.Positive(cycles, nameof(count));
        }

        var extent = body.Extent;
        if (extent.Reach == Reach.Endless)
        {
            throw new ArgumentException($"'{body}' never ends, so it cannot be repeated; give it a length, such as 10ep.", nameof(body));
        }

        if (extent is { Reach: Reach.Fixed, Length: 0 })
        {
            throw new ArgumentException($"'{body}' takes no time, so it cannot be repeated; give it a length, such as 10ep.", nameof(body));
        }

        if (extent.Reach is Reach.Rest or Reach.Timeless)
        {
            return count is null
                ? throw new ArgumentException(
                    $"'{body}' takes the rest of the budget, so it cannot be repeated for ever; "
                    + "give it a length, such as 10ep, or a count.",
                    nameof(body))
                : new Extent(Reach.Rest, extent.Units, double.NaN);
        }

        return count is null
            ? new Extent(Reach.Endless, extent.Units, double.IsNaN(extent.Length) ? double.NaN : double.PositiveInfinity)
            : extent.WithLength(lengthen == 1
                ? extent.Length * count.Value
                : extent.Length * ((Math.Pow(lengthen, count.Value) - 1) / (lengthen - 1)));
    }
}
