namespace Samples.ToyExample;

/// <summary>Lengths and directions of vectors.</summary>
public static class Directions
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double Length(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    /// <summary>
    /// The distance between two vectors after each is divided by its length. For small angles it is the angle, with the digits that a
    /// cosine would lose.
    /// </summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (lengthA, lengthB) = (Length(a), Length(b));
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (a[i] / lengthA) - (b[i] / lengthB);
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The angle between two vectors, in radians.</summary>
    public static double Angle(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => 2 * Math.Asin(Math.Min(Distance(a, b) / 2, 1));
}
