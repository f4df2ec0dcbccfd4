using System.Collections.Immutable;
using Rubato.Schedules;

namespace Rubato;

// The combinators as methods.
public abstract partial record Schedule
{
    /// <summary>The product of two schedules at each position.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static Schedule operator *(Schedule left, Schedule right) => Product.Of(left, right);

    /// <summary>The sum of two schedules at each position.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static Schedule operator +(Schedule left, Schedule right) => Sum.Of(left, right);

    /// <summary>This schedule for its length, then <paramref name="next"/> from its own position 0. Associative, by value.</summary>
    /// <param name="next">What follows.</param>
    /// <returns>The joined schedule.</returns>
    /// <exception cref="ArgumentException">Both take the rest of the budget.</exception>
    public Schedule Then(Schedule next) => Sequence.Of(this, next);

    /// <summary>The product at each position. Associative, by value.</summary>
    /// <param name="other">The other factor.</param>
    /// <returns>The product.</returns>
    public Schedule Times(Schedule other) => Product.Of(this, other);

    /// <summary>The sum at each position. Associative, by value.</summary>
    /// <param name="other">The other summand.</param>
    /// <returns>The sum.</returns>
    public Schedule Plus(Schedule other) => Sum.Of(this, other);

    /// <summary>Every value times a factor.</summary>
    /// <param name="factor">Finite.</param>
    /// <returns>The scaled schedule.</returns>
    public Schedule Scale(double factor) => Product.Of(factor, this);

    /// <summary>Every value plus a number, as to put a floor under a decay.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>The raised schedule.</returns>
    public Schedule Offset(double value) => Sum.Of(value, this);

    /// <summary>Every value between two bounds.</summary>
    /// <param name="minimum">Finite.</param>
    /// <param name="maximum">Finite, at least <paramref name="minimum"/>.</param>
    /// <returns>The clamped schedule.</returns>
    public Schedule Clamp(double minimum, double maximum) => new Clamp(this, minimum, maximum);

    /// <summary>This schedule again and again.</summary>
    /// <param name="count">How often, at least 1; null for ever.</param>
    /// <returns>The repeated schedule.</returns>
    public Schedule Repeat(long? count = null) => new Repeat(this, count);

    /// <summary>The same values on a longer or shorter time axis: <c>At(t / factor)</c>.</summary>
    /// <param name="factor">Finite, above 0; 2 takes twice as long.</param>
    /// <returns>The stretched schedule.</returns>
    public Schedule Stretch(double factor) => new Stretch(this, factor);

    /// <summary>This schedule begun late: its first value is held for <paramref name="by"/>.</summary>
    /// <param name="by">Not the rest.</param>
    /// <returns>The delayed schedule.</returns>
    public Schedule Delay(Duration by) => new Delay(this, by);

    /// <summary>This schedule from its middle: <c>At(t + by)</c>.</summary>
    /// <param name="by">Not the rest.</param>
    /// <returns>The schedule without its beginning.</returns>
    public Schedule Skip(Duration by) => new Skip(this, by);

    /// <summary>This schedule begun late, under a factor that rises linearly meanwhile: <c>from</c> at the start, 1 at the end.</summary>
    /// <param name="length">How long the factor rises; not the rest.</param>
    /// <param name="from">The factor at the start; finite, at least 0.</param>
    /// <returns>The schedule with its warm-up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Schedule WarmUp(Duration length, double from = 0) => new Warmup(this, length, from);

    /// <summary>
    /// This schedule within a budget of its own: inside, the rest and shares are those of <paramref name="length"/>, and it ends there.
    /// </summary>
    /// <param name="length">The budget; the rest, where it is all that is left of the outer one.</param>
    /// <returns>The bounded schedule.</returns>
    public Schedule Over(Duration length) => new Over(this, length);

    private protected static Schedule[] Flatten<T>(ImmutableArray<Schedule> schedules, string name, Func<T, ImmutableArray<Schedule>> parts)
        where T : Schedule
    {
        var flat = new List<Schedule>();
        foreach (var schedule in schedules.IsDefault ? [] : schedules)
        {
            ArgumentNullException.ThrowIfNull(schedule, name);
            flat.AddRange(schedule is T inner ? parts(inner) : [schedule]);
        }

        return flat.Count >= 2 ? [.. flat] : throw new ArgumentException($"{name} must hold at least two schedules.", name);
    }
}
