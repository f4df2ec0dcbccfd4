using System.Collections.Immutable;

namespace Rubato.Schedules;

/// <summary>The product of schedules at each position. Text: <c>0.5 * cosine(0.1 -> 0, 30ep)</c>. As long as its longest part.</summary>
/// <remarks>Flat, so that grouping makes no difference to equality; the order does.</remarks>
public sealed record Product : Schedule
{
    private readonly Schedule[] _factors;

    /// <summary>The product of schedules.</summary>
    /// <param name="factors">At least two; those that are themselves products are taken apart.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public Product(ImmutableArray<Schedule> factors)
        : this(Flatten<Product>(factors, nameof(factors), inner => inner.Factors))
    {
    }

    private Product(Schedule[] factors)
        : base(Extent.Together(factors)) => _factors = factors;

    /// <summary>The schedules.</summary>
    public ImmutableArray<Schedule> Factors => [.. _factors];

    /// <inheritdoc/>
    internal override Interval Bounds => _factors.Select(part => part.Bounds).Aggregate((a, b) => a.Times(b));

    /// <summary>The two together.</summary>
    internal static Product Of(Schedule left, Schedule right) => new(ImmutableArray.Create(left, right));

    /// <inheritdoc/>
    public bool Equals(Product? other) => other is not null && _factors.AsSpan().SequenceEqual(other._factors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(Product), _factors.Length, _factors[0], _factors[^1]);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Pointwise.Evaluate<Multiplication>(_factors, position);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions) => Pointwise.EvaluateAll<Multiplication>(_factors, positions);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Pointwise.HoldsUntil(_factors, position);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Product(Pointwise.Resolve(_factors, place));

    private readonly struct Multiplication : IPointwise
    {
        public static double Of(double left, double right) => left * right;
    }
}
