using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// The kernel <c>k(x, x') = exp(-(x - x')^2 / (2 * 0.2^2))</c> on [0, 1] as a short sum of products: <c>sum_m phi_m(x) phi_m(x')</c> with
/// <c>phi_m(x) = sum_k T_k(2x - 1) F_km</c>, where <c>T_k</c> are Chebyshev's polynomials.
/// </summary>
/// <remarks>
/// The kernel is interpolated at <see cref="Terms"/> Chebyshev points in both variables, <c>k = T(x)' C T(x')</c>, and <c>C = V diag(l)
/// V'</c> gives <c>V diag(sqrt(l))</c>. It spans the same functions as Nystroem's features at those points, without dividing by the square
/// roots of tiny eigenvalues. The kernel is met within 1e-14; eigenvalues below 1e-16 of the largest are dropped. F is that, turned so that
/// different features are orthogonal on [0, 1]: the Gram matrix of evenly spread points is then close to diagonal, and soon diagonalized.
/// </remarks>
internal static class KernelFeatures
{
    /// <summary>The lengthscale.</summary>
    internal const double Lengthscale = 0.2;

    /// <summary>How many polynomials.</summary>
    internal const int Terms = 32;

    private const double Dropped = 1e-16;

    // The matrix F, row by row: a row for each polynomial, a column for each feature.
    private static readonly double[] Factor = Build();

    /// <summary>How many features.</summary>
    internal static int Rank => Factor.Length / Terms;

    /// <summary>The features at a position.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="features">Is given as many numbers as <see cref="Rank"/>.</param>
    internal static void At(double x, Span<double> features)
    {
        Span<double> polynomials = stackalloc double[Terms];
        Polynomials(x, polynomials);
        Combine(polynomials, features);
    }

    /// <summary>The features from the polynomials, or sums of features from sums of polynomials.</summary>
    internal static void Combine(ReadOnlySpan<double> polynomials, Span<double> features) => Vectors.Combine(features, Factor, polynomials);

    /// <summary>The Gram matrix of the features, row by row, from that of the polynomials.</summary>
    internal static double[] GramOf(Func<int, int, double> polynomials) => GramOf(Factor, polynomials);

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

        var spread = Spread(Coefficients(Coefficients(kernel)));
        var rank = spread.Length / Terms;
        var (_, vectors) = SymmetricEigen.Decompose(GramOf(spread, Integral), rank);
        var factor = new double[spread.Length];
        for (var i = 0; i < factor.Length; i++)
        {
            for (var l = 0; l < rank; l++)
            {
                factor[i] += spread[(i / rank * rank) + l] * vectors[(i % rank * rank) + l];
            }
        }

        return factor;
    }

    // The eigenvectors times the square roots of their eigenvalues, as columns.
    private static double[] Spread(double[] coefficients)
    {
        var (values, vectors) = SymmetricEigen.Decompose(coefficients, Terms);
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        var (kept, rank) = (new int[Terms], 0);
        for (var m = 0; m < Terms; m++)
        {
            if (values[m] > Dropped * largest)
            {
                kept[rank++] = m;
            }
        }

        var factor = new double[Terms * rank];
        for (var i = 0; i < factor.Length; i++)
        {
            var m = kept[i % rank];
            factor[i] = vectors[(m * Terms) + (i / rank)] * Math.Sqrt(values[m]);
        }

        return factor;
    }

    // F' P F for the Gram matrix P of the polynomials.
    private static double[] GramOf(double[] factor, Func<int, int, double> polynomials)
    {
        var rank = factor.Length / Terms;
        var half = new double[factor.Length];
        Span<double> row = stackalloc double[Terms];
        for (var j = 0; j < Terms; j++)
        {
            for (var k = 0; k < Terms; k++)
            {
                row[k] = polynomials(j, k);
            }

            Vectors.Combine(half.AsSpan(j * rank, rank), factor, row);
        }

        var gram = new double[rank * rank];
        for (var l = 0; l < rank; l++)
        {
            for (var j = 0; j < Terms; j++)
            {
                row[j] = factor[(j * rank) + l];
            }

            Vectors.Combine(gram.AsSpan(l * rank, rank), half, row);
            for (var m = 0; m < l; m++)
            {
                gram[(l * rank) + m] = gram[(m * rank) + l];
            }
        }

        return gram;
    }

    // The integral of T_j T_k over [0, 1], from 2 T_j T_k = T_(j+k) + T_|j-k| and the integral 1 / (1 - k^2) of T_k for even k, 0 for odd.
    private static double Integral(int j, int k) =>
        (j + k) % 2 != 0 ? 0 : 0.5 * ((1 / (1.0 - ((j + k) * (j + k)))) + (1 / (1.0 - ((j - k) * (j - k)))));

    // The discrete cosine transform of the columns, transposed: values at the points become coefficients. Twice, it transforms rows and
    // columns.
    private static double[] Coefficients(double[] matrix)
    {
        var cosines = new double[4 * Terms];
        for (var i = 0; i < cosines.Length; i++)
        {
            cosines[i] = Math.Cos(i * Math.PI / (2 * Terms));
        }

        var result = new double[matrix.Length];
        for (var column = 0; column < Terms; column++)
        {
            for (var k = 0; k < Terms; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < Terms; i++)
                {
                    // The angle is reduced in whole numbers, so that high terms are as exact as low ones.
                    sum += cosines[k * ((2 * i) + 1) % (4 * Terms)] * matrix[(i * Terms) + column];
                }

                result[(column * Terms) + k] = sum * (k == 0 ? 1.0 : 2.0) / Terms;
            }
        }

        return result;
    }
}
