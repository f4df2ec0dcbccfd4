using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary><c>x W^T + b</c>: (N, in) to (N, out). Parameters <c>weight</c> (out, in) and <c>bias</c> (out).</summary>
public sealed class Linear : Layer
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    /// <summary>A layer with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Numbers in; at least 1.</param>
    /// <param name="outputs">Numbers out; at least 1.</param>
    public Linear(long inputs, long outputs)
    {
        _weight = AddParameter("weight", Initializer.TorchDefault(inputs, outputs, inputs));
        _bias = AddParameter("bias", Initializer.TorchDefault(inputs, outputs));
    }

    /// <summary>A layer with given initial values and multipliers.</summary>
    /// <param name="weight">(out, in); owned from here on.</param>
    /// <param name="bias">(out); owned from here on.</param>
    /// <param name="weightDecayMultiplier">The factor on the weight's decay.</param>
    /// <param name="biasRateMultiplier">The factor on the bias's learning rate.</param>
    /// <param name="biasDecayMultiplier">The factor on the bias's decay.</param>
    public Linear(
        Tensor weight, Tensor bias, double weightDecayMultiplier = 1, double biasRateMultiplier = 1, double biasDecayMultiplier = 1)
    {
        _weight = AddParameter("weight", weight, 1, weightDecayMultiplier);
        _bias = AddParameter("bias", bias, biasRateMultiplier, biasDecayMultiplier);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.Linear(input, _weight.Value, _bias.Value);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Weighted(input, _weight, _bias);
    }
}
