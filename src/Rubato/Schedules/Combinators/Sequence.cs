using System.Collections.Immutable;
using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Schedules one after another, each on time since its own start: <c>part_i(t - s_i)</c> for <c>s_i &lt;= t &lt; s_(i+1)</c>, where
/// <c>s_i</c> is the sum of the lengths before. Text: <c>linear(0 -> 0.1, 5ep) then cosine(0.1 -> 0)</c>.
/// </summary>
/// <remarks>
/// Flat, so that <c>a then (b then c)</c> and <c>(a then b) then c</c> are equal. One part may take the rest of the budget, wherever it
/// stands: <c>linear(0 -> 0.1, 5ep) then 0.1 then linear(0.1 -> 0, 0.2dur)</c>. One that goes on for ever does so when others follow it.
/// </remarks>
public sealed record Sequence : Schedule
{
    private readonly Schedule[] _parts;
    private readonly double[] _starts;

    /// <summary>Schedules one after another.</summary>
    /// <param name="parts">At least two; sequences among them are taken apart.</param>
    /// <exception cref="ArgumentException">There are fewer, or several take the rest of the budget.</exception>
    public Sequence(ImmutableArray<Schedule> parts)
        : this(Flat(parts))
    {
    }

    private Sequence(Schedule[] parts)
        : base(Extent.InTurn(parts))
    {
        _parts = parts;
        _starts = new double[parts.Length];
        for (var i = 1; i < parts.Length; i++)
        {
            _starts[i] = _starts[i - 1] + parts[i - 1].Extent.Length;
        }
    }

    /// <summary>The schedules, none of them a sequence.</summary>
    public ImmutableArray<Schedule> Parts => [.. _parts];

    /// <inheritdoc/>
    internal override Interval Bounds => _parts.Select(part => part.Bounds).Aggregate((a, b) => a.Union(b));

    /// <summary>The two joined.</summary>
    /// <exception cref="ArgumentException">Both take the rest of the budget.</exception>
    internal static Sequence Of(Schedule first, Schedule next) => new(ImmutableArray.Create(first, next));

    /// <inheritdoc/>
    public bool Equals(Sequence? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(Sequence), _parts.Length, _parts[0], _parts[^1]);

    /// <inheritdoc/>
    internal override double Evaluate(double position)
    {
        var part = Ascending.IndexAt(_starts, position);
        return _parts[part].Evaluate(position - _starts[part]);
    }

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            var count = i + 1 < _parts.Length ? Ascending.CountBelow(positions, _starts[i + 1]) : positions.Length;
            var inside = positions[..count];
            if (_starts[i] > 0)
            {
                foreach (ref var position in inside)
                {
                    position -= _starts[i];
                }
            }

            _parts[i].EvaluateAll(inside);
            positions = positions[count..];
        }
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        var part = Ascending.IndexAt(_starts, position);
        var until = _parts[part].HoldsUntil(position - _starts[part]) + _starts[part];
        return part + 1 < _parts.Length ? Math.Min(until, _starts[part + 1]) : until;
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var resolved = new Schedule[_parts.Length];
        var elastic = -1;
        var (start, taken) = (place.Start, 0.0);
        for (var i = 0; i < _parts.Length; i++)
        {
            if (TakesRest(i))
            {
                // What follows is resolved first, at places that are not known yet.
                elastic = i;
                start = double.NaN;
                continue;
            }

            resolved[i] = _parts[i].Resolve(place with { Start = start, Room = Math.Max(place.Room - taken, 0) });
            start += resolved[i].End;
            taken += resolved[i].End;
        }

        if (elastic >= 0)
        {
            resolved[elastic] = Fill(elastic, resolved, taken, place);
        }

        return new Sequence(resolved);
    }

    private static Schedule[] Flat(ImmutableArray<Schedule> parts)
    {
        var flat = Flatten<Sequence>(parts, nameof(parts), sequence => sequence.Parts);
        for (var (i, first) = (0, -1); i < flat.Length; i++)
        {
            var isLast = i == flat.Length - 1;
            if (flat[i].Extent.IsElastic || (flat[i].Extent.Reach == Reach.Timeless && !isLast))
            {
                if (first >= 0)
                {
                    throw new ArgumentException(
                        $"'{flat[first]}' and '{flat[i]}' both take the rest of the budget; give one of them a length, such as 10ep.",
                        nameof(parts));
                }

                first = i;
            }
        }

        return flat;
    }

    private bool TakesRest(int i) =>
        i < _parts.Length - 1 ? _parts[i].Extent.Reach != Reach.Fixed : _parts[i].Extent.Reach == Reach.Rest;

    private Schedule Fill(int elastic, Schedule[] resolved, double taken, in Place place)
    {
        var left = Room.Left(place.Room, taken);
        if (left < 0)
        {
            var units = Enumerable.Range(0, _parts.Length).Where(i => i != elastic && resolved[i].End > 0)
                .Select(i => _parts[i].Extent.SingleUnit());
            var (needed, budget) = (Room.InUnits(place, taken, units), Room.InUnits(place, place.Room, units));
            throw new InvalidInputException(
                new Finding($"'{_parts[elastic]}' takes the rest, but the other parts need {needed} of {budget} already")
                {
                    Remedy = "shorten them",
                });
        }

        var start = place.Start;
        for (var i = 0; i < elastic; i++)
        {
            start += resolved[i].End;
        }

        var inner = place with { Start = start, Room = left };
        var part = _parts[elastic].Resolve(inner);
        if (elastic == _parts.Length - 1)
        {
            return part;
        }

        // Whatever it holds, it lasts what is left, no less and no more: the next one needs a beginning.
        var length = inner.Converted(Duration.Rest);
        return part is Constant constant ? new Constant(constant.Value, length)
            : part.Extent.Reach == Reach.Fixed && part.End == left ? part
            : Schedules.Over.OfResolved(part, length);
    }
}
