using Rubato.Numerics;

namespace Rubato.Control.Signals;

/// <summary>
/// The kernel <c>k(x, x') = exp(-(x - x')^2 / (2 * 0.2^2))</c> on [0, 1] as a short sum of products: <c>sum_m phi_m(x) phi_m(x')</c> with
/// <c>phi_m(x) = sum_k T_k(2x - 1) F_km</c>, where <c>T_k</c> are Chebyshev's polynomials.
/// </summary>
/// <remarks>
/// The kernel is interpolated at <see cref="Terms"/> Chebyshev points in both variables, <c>k = T(x)' C T(x')</c>, and <c>C = V diag(l) V'</c> gives
/// <c>F = V diag(sqrt(l))</c>. It spans the same functions as Nystroem's features at those points, without dividing by the square roots of tiny
/// eigenvalues. The kernel is met within 1e-14; eigenvalues below 1e-16 of the largest are dropped.
/// </remarks>
internal static class KernelFeatures
{
    /// <summary>The lengthscale.</summary>
    internal const double Lengthscale = 0.2;

    /// <summary>How many polynomials.</summary>
    internal const int Terms = 32;

    private const double Dropped = 1e-16;

    private static readonly double[] Factor = Build();

    /// <summary>How many features.</summary>
    internal static int Rank => Factor.Length / Terms;

    /// <summary>The matrix F, row by row: a row for each polynomial, a column for each feature.</summary>
    internal static ReadOnlySpan<double> Loadings => Factor;

    /// <summary>The polynomials at a position.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="values">Is given <c>T_0, T_1, ...</c>; at least two.</param>
    internal static void Polynomials(double x, Span<double> values)
    {
        var t = (2 * x) - 1;
        values[0] = 1;
        values[1] = t;
        for (var k = 2; k < values.Length; k++)
        {
            values[k] = (2 * t * values[k - 1]) - values[k - 2];
        }
    }

    private static double[] Build()
    {
        var points = new double[Terms];
        for (var i = 0; i < Terms; i++)
        {
            points[i] = (1 + Math.Cos((i + 0.5) * Math.PI / Terms)) / 2;
        }

        var kernel = new double[Terms * Terms];
        for (var i = 0; i < kernel.Length; i++)
        {
            var apart = (points[i / Terms] - points[i % Terms]) / Lengthscale;
            kernel[i] = Math.Exp(-0.5 * apart * apart);
        }

        var (values, vectors) = SymmetricEigen.Decompose(Coefficients(Coefficients(kernel)), Terms);
        var kept = Enumerable.Range(0, Terms).Where(m => values[m] > Dropped * values.Max()).OrderByDescending(m => values[m]).ToArray();
        var factor = new double[Terms * kept.Length];
        for (var k = 0; k < Terms; k++)
        {
            for (var m = 0; m < kept.Length; m++)
            {
                factor[(k * kept.Length) + m] = vectors[(k * Terms) + kept[m]] * Math.Sqrt(values[kept[m]]);
            }
        }

        return factor;
    }

    // The discrete cosine transform of the columns, transposed: values at the points become coefficients. Twice, it transforms rows and columns.
    private static double[] Coefficients(double[] matrix)
    {
        var result = new double[matrix.Length];
        for (var column = 0; column < Terms; column++)
        {
            for (var k = 0; k < Terms; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < Terms; i++)
                {
                    // The angle is reduced in whole numbers, so that high terms are as exact as low ones.
                    sum += Math.Cos(k * ((2 * i) + 1) % (4 * Terms) * Math.PI / (2 * Terms)) * matrix[(i * Terms) + column];
                }

                result[(column * Terms) + k] = sum * (k == 0 ? 1.0 : 2.0) / Terms;
            }
        }

        return result;
    }
}
