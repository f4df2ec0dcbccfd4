namespace Rubato.Training.Setup;

/// <summary>How many threads an operator gets when the user does not say.</summary>
/// <remarks>
/// Measured, see <c>docs/engine.md</c>: convolutions use every core; a network of matrix products of this kind's usual sizes is as fast on one
/// thread as on two, and leaves the other cores alone. BLAS itself is held to one thread by the launcher (<c>OPENBLAS_NUM_THREADS=1</c>).
/// </remarks>
internal static class ThreadRule
{
    internal static int Choose(bool isConvolutional, int cores) => isConvolutional ? cores : 1;
}
