using System.Runtime.Intrinsics;

namespace Rubato.Control;

/// <summary>
/// Sums over points: <c>sum_i T_k(t_i)</c>, <c>sum_i T_k(t_i) y_i</c> and <c>sum_i y_i^2</c>. Since <c>2 T_j T_k = T_(j+k) + T_|j-k|</c>,
/// they hold the Gram matrix of all pairs of polynomials: <c>O(n r)</c> instead of <c>O(n r^2)</c>.
/// </summary>
/// <remarks>
/// Products and sums only, in a fixed order and never fused, so that the same points give the same bits on every machine.
/// </remarks>
internal sealed class ChebyshevSums
{
    private const int Moments = (2 * KernelFeatures.Terms) - 1;
    private const int Lanes = 4;
    private const int Block = 4 * Lanes;

    private readonly Vector256<double>[] _moments = new Vector256<double>[Moments];
    private readonly Vector256<double>[] _products = new Vector256<double>[KernelFeatures.Terms];
    private Vector256<double> _squares;

    /// <summary>The sum of squares of y.</summary>
    internal double Squares => Vector256.Sum(_squares);

    /// <summary>Adds points; those whose y is not finite are left out.</summary>
    /// <param name="x">In [0, 1]; empty for <c>i / n</c>.</param>
    /// <param name="y">The values.</param>
    /// <param name="offset">What is taken from each value.</param>
    internal void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double offset)
    {
        Span<double> t = stackalloc double[Block];
        Span<double> weight = stackalloc double[Block];
        Span<double> value = stackalloc double[Block];
        for (var start = 0; start < y.Length; start += Block)
        {
            var count = Math.Min(Block, y.Length - start);
            t.Clear();
            weight.Clear();
            value.Clear();
            for (var i = 0; i < count; i++)
            {
                if (double.IsFinite(y[start + i]))
                {
                    t[i] = (2 * (x.IsEmpty ? (double)(start + i) / y.Length : x[start + i])) - 1;
                    weight[i] = 1;
                    value[i] = y[start + i] - offset;
                }
            }

            AddBlock(t, weight, value);
        }
    }

    /// <summary>The sum of <c>T_j T_k</c>.</summary>
    internal double Gram(int j, int k) => 0.5 * (Vector256.Sum(_moments[j + k]) + Vector256.Sum(_moments[Math.Abs(j - k)]));

    /// <summary>The sum of <c>T_k</c>.</summary>
    internal double Moment(int k) => Vector256.Sum(_moments[k]);

    /// <summary>The sum of <c>T_k y</c>.</summary>
    internal double Product(int k) => Vector256.Sum(_products[k]);

    // Four vectors at once, because each recurrence waits for its own last result. Weights of 0 make every term 0.
    private void AddBlock(ReadOnlySpan<double> t, ReadOnlySpan<double> weight, ReadOnlySpan<double> value)
    {
        var (t0, t1, t2, t3) = (At(t, 0), At(t, 1), At(t, 2), At(t, 3));
        var (y0, y1, y2, y3) = (At(value, 0), At(value, 1), At(value, 2), At(value, 3));
        var (a0, a1, a2, a3) = (At(weight, 0), At(weight, 1), At(weight, 2), At(weight, 3));
        var (b0, b1, b2, b3) = (a0 * t0, a1 * t1, a2 * t2, a3 * t3);
        (t0, t1, t2, t3) = (t0 + t0, t1 + t1, t2 + t2, t3 + t3);
        _squares += ((y0 * y0) + (y1 * y1)) + ((y2 * y2) + (y3 * y3));
        var moments = _moments.AsSpan();
        var products = _products.AsSpan();
        for (var k = 0; k < moments.Length; k++)
        {
            moments[k] += (a0 + a1) + (a2 + a3);
            if (k < products.Length)
            {
                products[k] += ((a0 * y0) + (a1 * y1)) + ((a2 * y2) + (a3 * y3));
            }

            var (c0, c1, c2, c3) = ((t0 * b0) - a0, (t1 * b1) - a1, (t2 * b2) - a2, (t3 * b3) - a3);
            (a0, a1, a2, a3) = (b0, b1, b2, b3);
            (b0, b1, b2, b3) = (c0, c1, c2, c3);
        }
    }

    private static Vector256<double> At(ReadOnlySpan<double> block, int part) => Vector256.Create(block.Slice(part * Lanes, Lanes));
}
