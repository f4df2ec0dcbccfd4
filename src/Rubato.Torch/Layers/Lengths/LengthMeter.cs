using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers.Lengths;

/// <summary>Measures the length of a network's scale-invariant weights, on which their effective learning rate <c>lr / |w|^2</c> depends.</summary>
/// <remarks>Owns its lists, not the weights. Make it after the network has moved to its device.</remarks>
public sealed class LengthMeter : IDisposable
{
    private readonly (TensorList Weights, BatchNorm Normalization)[] _parts;
    private readonly TensorList _all;
    private readonly TensorList _norms;
    private readonly BatchNorm[] _normalizations;

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

        _parts = [.. invariance.Parts.Select(part => (new TensorList([.. part.Weights.Select(weight => weight.Value)]), part.Normalizations[0]))];
        _all = new TensorList([.. invariance.Parts.SelectMany(part => part.Weights).Select(weight => weight.Value)]);
        _norms = TensorList.RoomFor(_all);
        _normalizations = [.. invariance.Parts.SelectMany(part => part.Weights.Select(_ => part.Normalizations[0]))];
    }

    /// <summary>
    /// <c>|w|^2</c>, the sum of the squares of all the weights; where they have grown instead of having decayed, of those of the run with weight decay, so that both
    /// have the same length. Waits for the device.
    /// </summary>
    /// <returns>At least 0.</returns>
    public double SquaredLength() => _all[0].Device.IsCuda
        ? SquaredLengthByOperators()
        : _parts.Sum(part => part.Weights.SumOfSquares() / (part.Normalization.InputScale * part.Normalization.InputScale));

    /// <summary>The same where there is no memory to read, waiting once for all weights.</summary>
    internal double SquaredLengthByOperators()
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        Foreach.Norm(_norms, _all);
        var norms = Ops.To(Ops.Stack(_norms), ScalarType.Float64).ToArray<double>();
        _norms.Clear();
        return norms.Zip(_normalizations, (norm, normalization) => norm / normalization.InputScale).Sum(length => length * length);
    }

    /// <summary>Frees the lists.</summary>
    public void Dispose()
    {
        foreach (var (weights, _) in _parts)
        {
            weights.Dispose();
        }

        _norms.Dispose();
        _all.Dispose();
    }
}
