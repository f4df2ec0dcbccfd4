namespace Rubato.Cli.Settings;

/// <summary>How many threads an operator gets when the user does not say.</summary>
/// <remarks>
/// Measured, see <c>docs/engine.md</c>: convolutions use every core. A network of matrix products of this kind's usual sizes gains a sixth
/// by a second thread, and leaves the other cores alone.
/// </remarks>
internal static class ThreadRule
{
    internal static int Choose(bool isConvolutional, int cores) => isConvolutional ? cores : 1;
}
