namespace Rubato.Schedules;

/// <summary>Between which values a schedule stays at all times; may be wider than the values it takes.</summary>
internal readonly record struct Interval(double Min, double Max)
{
    internal static Interval Everything => new(double.NegativeInfinity, double.PositiveInfinity);

    internal static Interval Between(double a, double b) => new(Math.Min(a, b), Math.Max(a, b));

    internal Interval Union(Interval other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    internal Interval Plus(Interval other) => new(Min + other.Min, Max + other.Max);

    internal Interval Times(Interval other)
    {
        double a = Product(Min, other.Min), b = Product(Min, other.Max), c = Product(Max, other.Min), d = Product(Max, other.Max);
        return new Interval(Math.Min(Math.Min(a, b), Math.Min(c, d)), Math.Max(Math.Max(a, b), Math.Max(c, d)));
    }

    // The bound of 0 times anything, growing without end included, is 0.
    private static double Product(double x, double y) => x == 0 || y == 0 ? 0 : x * y;
}
