namespace Rubato.Torch.Lengths;

/// <summary>A module that says how its outputs depend on the length of weights; see <see cref="ScaleInvariance"/>.</summary>
/// <remarks>
/// Call one method of the trace for each operation of the module's forward pass. <see cref="LengthTrace.Through"/> knows some modules of
/// TorchSharp. Any other module without this interface is taken to depend on the length of its input, and to have no scale-invariant
/// weights.
/// </remarks>
public interface ILengthTraced
{
    /// <summary>Follows the forward pass.</summary>
    /// <param name="input">The stream that enters; null for numbers that depend on no length.</param>
    /// <param name="trace">The trace of the network.</param>
    /// <returns>The stream that leaves; null for numbers that depend on no length.</returns>
    LengthStream? Trace(LengthStream? input, LengthTrace trace);
}
