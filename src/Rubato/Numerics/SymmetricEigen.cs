namespace Rubato.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations in cyclic order.</summary>
/// <remarks>
/// Golub and Van Loan 2013, "Matrix Computations", 4th edition, section 8.5. Chosen for its accuracy with matrices whose entries fall off over many
/// powers of ten, and because its order of operations, hence every bit, depends on the matrix alone.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes <c>A = V diag(values) V'</c>; nothing is sorted.</summary>
    /// <param name="matrix">The matrix, row by row; its off-diagonal is used up, its diagonal becomes the eigenvalues.</param>
    /// <param name="size">How many rows.</param>
    /// <returns>The eigenvalues, and the eigenvectors as columns, stored row by row.</returns>
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

        // Relative to both diagonal entries, so that small eigenvalues keep their digits; entries that underflow end it.
        if (Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(first) * Math.Abs(second)) || Math.Abs(off) < 1e-290)
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
        for (var k = 0; k < size; k++)
        {
            if (k != p && k != q)
            {
                var (kp, kq) = (matrix[(k * size) + p], matrix[(k * size) + q]);
                var (newP, newQ) = ((cosine * kp) - (sine * kq), (sine * kp) + (cosine * kq));
                matrix[(k * size) + p] = newP;
                matrix[(p * size) + k] = newP;
                matrix[(k * size) + q] = newQ;
                matrix[(q * size) + k] = newQ;
            }

            var (vp, vq) = (vectors[(k * size) + p], vectors[(k * size) + q]);
            vectors[(k * size) + p] = (cosine * vp) - (sine * vq);
            vectors[(k * size) + q] = (sine * vp) + (cosine * vq);
        }

        matrix[(p * size) + p] = first - (tangent * off);
        matrix[(q * size) + q] = second + (tangent * off);
        matrix[(p * size) + q] = 0;
        matrix[(q * size) + p] = 0;
        return true;
    }
}
