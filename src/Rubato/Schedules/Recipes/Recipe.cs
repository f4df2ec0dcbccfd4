using System.Text.Json.Serialization;

namespace Rubato.Schedules;

/// <summary>
/// A composition with a name of its own: it is evaluated as its <see cref="Expansion"/>, and written by its name.
/// </summary>
public abstract record Recipe : Schedule
{
    private protected Recipe(Schedule expansion)
        : base(expansion.Extent) => Expansion = expansion;

    /// <summary>The curves and combinators that it stands for.</summary>
    [JsonIgnore]
    public Schedule Expansion { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Expansion.Bounds;

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Expansion.Evaluate(position);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions) => Expansion.EvaluateAll(positions);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Expansion.HoldsUntil(position);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => Expansion.Resolve(place);
}
