using Rubato.Torch.Memory;

namespace Rubato.Torch.Lengths;

/// <summary>
/// Measures the length of a network's scale-invariant weights, on which their effective learning rate <c>lr / |w|^2</c> depends.
/// </summary>
/// <remarks>The weights belong to the network. Make it after the network has moved to its device.</remarks>
internal sealed class LengthMeter
{
    private readonly (TensorList Weights, ScaledNormalization Normalization)[] _parts;

    /// <summary>A meter.</summary>
    /// <param name="invariance">The weights; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public LengthMeter(ScaleInvariance invariance)
    {
        ArgumentNullException.ThrowIfNull(invariance);
        if (invariance.Parts.IsEmpty)
        {
            throw new ArgumentException("There is no scale-invariant weight.", nameof(invariance));
        }

        _parts = [.. invariance.Parts.Select(part => (new TensorList(part.Weights), part.Normalizations[0]))];
    }

    /// <summary>
    /// <c>|w|^2</c>, the sum of the squares of all the weights. Growing weights are measured at the scale that they have with weight decay,
    /// so that both forms of a run show the same length. Waits for the device.
    /// </summary>
    /// <returns>At least 0.</returns>
    public double SquaredLength() =>
        _parts.Sum(part => part.Weights.SumOfSquares() / (part.Normalization.InputScale * part.Normalization.InputScale));
}
