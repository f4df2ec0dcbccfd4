namespace Rubato.Numerics;

/// <summary>The standard normal distribution.</summary>
/// <remarks>
/// W. J. Cody 1969, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, pages 631-637; coefficients
/// of his routine CALERF. The relative error of <see cref="Erfc"/> stays below 1e-15.
/// </remarks>
internal static class NormalDistribution
{
    private static readonly double[] SmallAbove =
        [3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3, 1.85777706184603153e-1];

    private static readonly double[] SmallBelow =
        [2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];

    private static readonly double[] MiddleAbove =
    [
        5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2,
        1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3, 2.15311535474403846e-8,
    ];

    private static readonly double[] MiddleBelow =
    [
        1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
        4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];

    private static readonly double[] LargeAbove =
    [
        3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4,
        1.63153871373020978e-2,
    ];

    private static readonly double[] LargeBelow =
        [2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    /// <summary>The probability of a value of at most <paramref name="z"/>: <c>erfc(-z / sqrt(2)) / 2</c>.</summary>
    internal static double Cdf(double z) => 0.5 * Erfc(-z * 0.70710678118654752440);

    /// <summary>
    /// The complementary error function, <c>2 / sqrt(pi)</c> times the integral of <c>exp(-t^2)</c> from <paramref name="x"/> to infinity.
    /// </summary>
    internal static double Erfc(double x)
    {
        var size = Math.Abs(x);
        if (size <= 0.46875)
        {
            return 1 - (x * Ratio(size * size, SmallAbove, SmallBelow));
        }

        // Beyond this the result is 0 or 2 to double precision, and squares would only overflow.
        if (size > 30)
        {
            return x > 0 ? 0 : 2;
        }

        double value;
        if (size <= 4)
        {
            value = Ratio(size, MiddleAbove, MiddleBelow);
        }
        else
        {
            var inverse = 1 / (size * size);
            value = (0.56418958354775628695 - (inverse * Ratio(inverse, LargeAbove, LargeBelow))) / size;
        }

        // exp(-x^2) without losing digits to the rounding of the square: its leading part is exact.
        var leading = Math.Truncate(size * 16) / 16;
        value *= Math.Exp(-leading * leading) * Math.Exp(-(size - leading) * (size + leading));
        return x > 0 ? value : 2 - value;
    }

    private static double Ratio(double x, double[] above, double[] below)
    {
        var numerator = above[^1] * x;
        var denominator = x;
        for (var i = 0; i < below.Length - 1; i++)
        {
            numerator = (numerator + above[i]) * x;
            denominator = (denominator + below[i]) * x;
        }

        return (numerator + above[below.Length - 1]) / (denominator + below[^1]);
    }
}
