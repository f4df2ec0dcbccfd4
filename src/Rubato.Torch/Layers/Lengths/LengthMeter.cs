using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers.Lengths;

/// <summary>Measures the length of a network's scale-invariant weights, on which their effective learning rate <c>lr / |w|^2</c> depends.</summary>
/// <remarks>Owns its lists, not the weights. Make it after the network has moved to its device.</remarks>
public sealed class LengthMeter : IDisposable
{
    private readonly (TensorList Weights, TensorList Norms, BatchNorm Normalization)[] _parts;
    private readonly bool _isOnCpu;

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

        _parts =
        [
            .. from part in invariance.Parts
               let weights = new TensorList([.. part.Weights.Select(weight => weight.Value)])
               select (weights, TensorList.RoomFor(weights), part.Normalizations[0]),
        ];
        _isOnCpu = !_parts[0].Weights[0].Device.IsCuda;
    }

    /// <summary>
    /// <c>|w|^2</c>, the sum of the squares of all the weights; where they have grown instead of having decayed, of those of the run with weight decay, so that both
    /// have the same length. Waits for the device.
    /// </summary>
    /// <returns>At least 0.</returns>
    public double SquaredLength()
    {
        var sum = 0.0;
        foreach (var (weights, norms, normalization) in _parts)
        {
            sum += (_isOnCpu ? weights.SumOfSquares() : ByOperators(weights, norms)) / (normalization.InputScale * normalization.InputScale);
        }

        return sum;
    }

    /// <summary>Frees the lists.</summary>
    public void Dispose()
    {
        foreach (var (weights, norms, _) in _parts)
        {
            norms.Dispose();
            weights.Dispose();
        }
    }

    // On a device there is no memory to read.
    private static double ByOperators(TensorList weights, TensorList norms)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        Foreach.Norm(norms, weights);
        var norm = Ops.Norm(Ops.Stack(norms)).Item();
        norms.Clear();
        return norm * norm;
    }
}
