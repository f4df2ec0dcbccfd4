using System.Collections.Immutable;

namespace Rubato.Schedules;

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
    internal override double Evaluate(double position) => Pointwise.Evaluate<Addition>(_terms, position);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions) => Pointwise.EvaluateAll<Addition>(_terms, positions);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Pointwise.HoldsUntil(_terms, position);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Sum(Pointwise.Resolve(_terms, place));

    private readonly struct Addition : IPointwise
    {
        public static double Of(double left, double right) => left + right;
    }
}
