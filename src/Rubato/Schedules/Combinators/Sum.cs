using System.Collections.Immutable;
using Rubato.Schedules.Resolution;

namespace Rubato.Schedules.Combinators;

/// <summary>The sum of schedules at each position. Text: <c>0.001 + cosine(0.1 -> 0, 30ep)</c>. As long as its longest part.</summary>
/// <remarks>Flat, so that grouping makes no difference to equality; the order does.</remarks>
public sealed record Sum : Schedule
{
    private readonly Schedule[] _terms;

    /// <summary>The sum of schedules.</summary>
    /// <param name="terms">At least two; those that are themselves sums are taken apart.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public Sum(ImmutableArray<Schedule> terms)
        : this(Flatten<Sum>(terms, nameof(terms), inner => inner.Terms))
    {
    }

    private Sum(Schedule[] terms)
        : base(Extent.Together(terms)) => _terms = terms;

    /// <summary>The schedules.</summary>
    public ImmutableArray<Schedule> Terms => [.. _terms];

    /// <inheritdoc/>
    internal override Interval Bounds => _terms.Select(part => part.Bounds).Aggregate((a, b) => a.Plus(b));

    /// <summary>The two together.</summary>
    internal static Sum Of(Schedule left, Schedule right) => new(ImmutableArray.Create(left, right));

    /// <inheritdoc/>
    public bool Equals(Sum? other) => other is not null && _terms.AsSpan().SequenceEqual(other._terms);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(Sum), _terms.Length, _terms[0], _terms[^1]);

    /// <inheritdoc/>
    internal override double Evaluate(double position)
    {
        var value = _terms[0].Evaluate(position);
        for (var i = 1; i < _terms.Length; i++)
        {
            value += _terms[i].Evaluate(position);
        }

        return value;
    }

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        const int Chunk = 256;
        Span<double> other = stackalloc double[Chunk];
        Span<double> kept = stackalloc double[Chunk];
        while (positions.Length > 0)
        {
            var values = positions[..Math.Min(Chunk, positions.Length)];
            values.CopyTo(kept);
            _terms[0].EvaluateAll(values);
            for (var i = 1; i < _terms.Length; i++)
            {
                kept[..values.Length].CopyTo(other);
                _terms[i].EvaluateAll(other[..values.Length]);
                for (var j = 0; j < values.Length; j++)
                {
                    values[j] += other[j];
                }
            }

            positions = positions[values.Length..];
        }
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        var until = double.PositiveInfinity;
        foreach (var part in _terms)
        {
            until = Math.Min(until, part.HoldsUntil(position));
        }

        return until;
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var resolved = new Schedule[_terms.Length];
        for (var i = 0; i < resolved.Length; i++)
        {
            resolved[i] = _terms[i].Resolve(place);
        }

        return new Sum(resolved);
    }
}
