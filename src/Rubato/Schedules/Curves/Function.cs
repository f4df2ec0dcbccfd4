using System.Text.Json.Serialization;

namespace Rubato.Schedules;

/// <summary>
/// A function of your own of the share of its length that has passed: <c>shape(t / length)</c> for <c>t &lt; length</c>, <c>shape(1)</c>
/// from there on. It is written by its name, so that it can be saved. Text: <c>function(my-decay, 30ep)</c>.
/// </summary>
/// <remarks>
/// Reading it back needs the function again, from a <see cref="ScheduleFunctions"/>. Equality is by name and length.
/// </remarks>
public sealed record Function : Schedule
{
    private readonly Func<double, double>? _shape;

    /// <summary>A function of your own.</summary>
    /// <param name="name">Letters, digits and dashes; begins with a letter.</param>
    /// <param name="shape">
    /// Pure, and safe for use by several threads; is given shares in [0, 1], must return finite numbers.
    /// </param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public Function(string name, Func<double, double> shape, Duration length = default)
        : this(name, length) => _shape = shape;

    /// <summary>A function that is not bound yet: only its name is known.</summary>
    [JsonConstructor]
    internal Function(string name, Duration length = default)
        : base(Extent.Of(length))
    {
        Name = ScheduleFunctions.RequireName(name);
        Length = length;
    }

    /// <summary>The name it is written by.</summary>
    public string Name { get; }

    /// <summary>How long it takes.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Everything;

    /// <inheritdoc/>
    public bool Equals(Function? other) => other is not null && Name == other.Name && Length == other.Length;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name.GetHashCode(StringComparison.Ordinal), Length);

    /// <inheritdoc/>
    internal override double Evaluate(double position)
    {
        var share = position >= Length.Value ? 1 : position / Length.Value;
        return _shape is null
            ? throw new InvalidOperationException($"The function '{Name}' is not bound; read the schedule with its ScheduleFunctions.")
            : _shape(share);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= Length.Value ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        _shape is null ? new Function(Name, place.Converted(Length)) : new Function(Name, _shape, place.Converted(Length));
}
