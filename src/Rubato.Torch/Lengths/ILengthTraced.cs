namespace Rubato.Torch.Lengths;

/// <summary>A module that says what becomes of the length of weights in it; see <see cref="ScaleInvariance"/>.</summary>
/// <remarks>
/// One method of the trace stands for each operation of the module's forward pass. A module that does not say it, and is none of those that
/// <see cref="LengthTrace.Through"/> knows, is taken for one that sees the length of its input, and none of its own weights are
/// scale-invariant.
/// </remarks>
public interface ILengthTraced
{
    /// <summary>Follows the forward pass.</summary>
    /// <param name="input">What enters; null for numbers that depend on no length.</param>
    /// <param name="trace">Follows it.</param>
    /// <returns>What leaves.</returns>
    LengthStream? Trace(LengthStream? input, LengthTrace trace);
}
