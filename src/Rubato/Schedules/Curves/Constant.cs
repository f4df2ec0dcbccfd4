using Rubato.Numerics;

namespace Rubato.Schedules.Curves;

/// <summary>The same value at every position.</summary>
public sealed record Constant : Schedule
{
    /// <summary>A constant.</summary>
    /// <param name="value">The value; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public Constant(double value) => Value = value;

    /// <summary>The value; finite.</summary>
    public double Value { get; init => field = Require.Finite(value, nameof(Value)); }

    /// <inheritdoc/>
    public override double Length => 0;

    private protected override double Evaluate(double position) => Value;
}
