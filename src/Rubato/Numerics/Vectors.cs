using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rubato.Numerics;

/// <summary>Loops over numbers that lie beside each other, four at a time.</summary>
/// <remarks>Products and sums in a fixed order and never fused, so that the same numbers give the same bits on every machine.</remarks>
internal static class Vectors
{
    private const int Lanes = 4;
    private const int Block = 4 * Lanes;

    /// <summary>Writes <c>sum_l factors_l row_l</c> to <c>target</c>; the rows lie one after another, each as long as the target.</summary>
    internal static void Combine(Span<double> target, ReadOnlySpan<double> rows, ReadOnlySpan<double> factors)
    {
        RequireRoom(rows.Length, target.Length * factors.Length);
        ref var first = ref MemoryMarshal.GetReference(rows);
        ref var result = ref MemoryMarshal.GetReference(target);
        var width = target.Length;
        var i = 0;
        for (; i <= width - Block; i += Block)
        {
            var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (var l = 0; l < factors.Length; l++)
            {
                var factor = Vector256.Create(factors[l]);
                ref var at = ref Unsafe.Add(ref first, (l * width) + i);
                a += factor * Vector256.LoadUnsafe(ref at);
                b += factor * Vector256.LoadUnsafe(ref at, Lanes);
                c += factor * Vector256.LoadUnsafe(ref at, 2 * Lanes);
                d += factor * Vector256.LoadUnsafe(ref at, 3 * Lanes);
            }

            ref var to = ref Unsafe.Add(ref result, i);
            a.StoreUnsafe(ref to);
            b.StoreUnsafe(ref to, Lanes);
            c.StoreUnsafe(ref to, 2 * Lanes);
            d.StoreUnsafe(ref to, 3 * Lanes);
        }

        for (; i <= width - Lanes; i += Lanes)
        {
            var sum = Vector256<double>.Zero;
            for (var l = 0; l < factors.Length; l++)
            {
                sum += Vector256.Create(factors[l]) * Vector256.LoadUnsafe(ref Unsafe.Add(ref first, (l * width) + i));
            }

            sum.StoreUnsafe(ref Unsafe.Add(ref result, i));
        }

        for (; i < width; i++)
        {
            var sum = 0.0;
            for (var l = 0; l < factors.Length; l++)
            {
                sum += factors[l] * rows[(l * width) + i];
            }

            target[i] = sum;
        }
    }

    /// <summary>Turns a plane: <c>(first, second)</c> becomes <c>(cosine first - sine second, sine first + cosine second)</c>.</summary>
    internal static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        RequireRoom(second.Length, first.Length);
        var (cosines, sines) = (Vector256.Create(cosine), Vector256.Create(sine));
        ref var one = ref MemoryMarshal.GetReference(first);
        ref var other = ref MemoryMarshal.GetReference(second);
        var i = 0;
        for (; i <= first.Length - Lanes; i += Lanes)
        {
            var (p, q) = (Vector256.LoadUnsafe(ref one, (nuint)i), Vector256.LoadUnsafe(ref other, (nuint)i));
            ((cosines * p) - (sines * q)).StoreUnsafe(ref one, (nuint)i);
            ((sines * p) + (cosines * q)).StoreUnsafe(ref other, (nuint)i);
        }

        for (; i < first.Length; i++)
        {
            var (p, q) = (first[i], second[i]);
            first[i] = (cosine * p) - (sine * q);
            second[i] = (sine * p) + (cosine * q);
        }
    }

    private static void RequireRoom(int length, int needed) => ArgumentOutOfRangeException.ThrowIfLessThan(length, needed);
}
