namespace Rubato.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations in cyclic order.</summary>
/// <remarks>
/// Golub and Van Loan 2013, "Matrix Computations", 4th edition, section 8.5. Chosen for its accuracy with matrices whose entries fall off
/// over many powers of ten, and because its order of operations, hence every bit, depends on the matrix alone.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    // The square of a share of both diagonal entries that is below their own rounding errors.
    private const double Negligible = 1e-33;

    /// <summary>Decomposes <c>A = sum_i values_i v_i v_i'</c>; nothing is sorted.</summary>
    /// <param name="matrix">The matrix, row by row; its off-diagonal is used up, its diagonal becomes the eigenvalues.</param>
    /// <param name="size">How many rows.</param>
    /// <returns>The eigenvalues, and the eigenvectors, one after another.</returns>
    internal static (double[] Values, double[] Vectors) Decompose(double[] matrix, int size)
    {
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1;
        }

        var rotated = true;
        for (var sweep = 0; sweep < MostSweeps && rotated; sweep++)
        {
            rotated = false;
            for (var p = 0; p < size - 1; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    rotated |= Rotate(matrix, vectors, size, p, q);
                }
            }
        }

        var values = new double[size];
        for (var i = 0; i < size; i++)
        {
            values[i] = matrix[(i * size) + i];
        }

        return (values, vectors);
    }

    private static bool Rotate(double[] matrix, double[] vectors, int size, int p, int q)
    {
        var off = matrix[(p * size) + q];
        var (first, second) = (matrix[(p * size) + p], matrix[(q * size) + q]);

        // Relative to both diagonal entries, so that small eigenvalues keep their digits; squares that underflow end it.
        if (off * off <= Negligible * Math.Abs(first * second))
        {
            matrix[(p * size) + q] = 0;
            matrix[(q * size) + p] = 0;
            return false;
        }

        var ratio = (second - first) / (2 * off);
        var tangent = Math.Abs(ratio) > 1e150
            ? 0.5 / ratio
            : Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        Vectors.Turn(vectors.AsSpan(p * size, size), vectors.AsSpan(q * size, size), cosine, sine);
        var rowP = matrix.AsSpan(p * size, size);
        var rowQ = matrix.AsSpan(q * size, size);
        Vectors.Turn(rowP, rowQ, cosine, sine);
        for (var k = 0; k < size; k++)
        {
            matrix[(k * size) + p] = rowP[k];
            matrix[(k * size) + q] = rowQ[k];
        }

        matrix[(p * size) + p] = first - (tangent * off);
        matrix[(q * size) + q] = second + (tangent * off);
        matrix[(p * size) + q] = 0;
        matrix[(q * size) + p] = 0;
        return true;
    }
}
