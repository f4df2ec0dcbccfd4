using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rubato.Numerics;

/// <summary>
/// Half a cosine wave, <c>(1 + cos(pi x)) / 2</c> for shares <c>x</c> in [0, 1], one at a time or four: the same operations in the same
/// order, so that a filled array holds what single calls return, to the last bit. <c>Vector256.Cos</c> does not keep to that: it chooses
/// its polynomial by all four lanes.
/// </summary>
/// <remarks>
/// The square of <c>cos(pi x / 2) = (1 - x^2) (1 + x^2 p(x^2))</c>, where <c>p</c> interpolates at the eight Chebyshev points of [0, 1].
/// The relative error stays below 1e-15 up to the end, where the values go to 0.
/// </remarks>
internal static class CosineKernel
{
    private const double P0 = -0.23370055013616983;
    private const double P1 = 0.019968957764878174;
    private const double P2 = -0.0008945229984744999;
    private const double P3 = 2.473727636245397e-05;
    private const double P4 = -4.647659997675342e-07;
    private const double P5 = 6.321451017702252e-09;
    private const double P6 = -6.511175535775044e-11;
    private const double P7 = 5.125149352955355e-13;

    /// <summary>The value at one share.</summary>
    internal static double Of(double share)
    {
        var square = share * share;
        var upper = (((((((P7 * square) + P6) * square) + P5) * square) + P4) * square) + P3;
        var sum = (((((upper * square) + P2) * square) + P1) * square) + P0;
        var root = (1 - share) * (1 + share) * (1 + (square * sum));
        return root * root;
    }

    /// <summary>Replaces shares by their values.</summary>
    internal static void All(Span<double> shares)
    {
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(shares);
        foreach (ref var block in blocks)
        {
            block = Of(block);
        }

        foreach (ref var share in shares[(blocks.Length * Vector256<double>.Count)..])
        {
            share = Of(share);
        }
    }

    private static Vector256<double> Of(Vector256<double> share)
    {
        var one = Vector256<double>.One;
        var square = share * share;
        var sum = (square * P7) + Vector256.Create(P6);
        sum = (sum * square) + Vector256.Create(P5);
        sum = (sum * square) + Vector256.Create(P4);
        sum = (sum * square) + Vector256.Create(P3);
        sum = (sum * square) + Vector256.Create(P2);
        sum = (sum * square) + Vector256.Create(P1);
        sum = (sum * square) + Vector256.Create(P0);
        var root = (one - share) * (one + share) * (one + (square * sum));
        return root * root;
    }
}
