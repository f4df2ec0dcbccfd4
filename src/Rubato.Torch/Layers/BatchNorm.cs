using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>
/// Batch normalization over all dimensions but the second (Ioffe and Szegedy 2015, arXiv 1502.03167): PyTorch's <c>BatchNorm1d</c> and
/// <c>BatchNorm2d</c> with their defaults. Parameters <c>weight</c> and <c>bias</c> (C); buffers <c>running_mean</c>,
/// <c>running_var</c> (C) and <c>num_batches_tracked</c>.
/// </summary>
public sealed class BatchNorm : Layer
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Buffer _mean;
    private readonly Buffer _variance;
    private readonly Buffer _batches;

    /// <summary>A layer with weight 1 and bias 0.</summary>
    /// <param name="channels">The size of the second dimension; at least 1.</param>
    public BatchNorm(long channels)
    {
        _weight = AddParameter("weight", Ops.Full([channels], 1));
        _bias = AddParameter("bias", Ops.Zeros([channels]));
        _mean = AddBuffer("running_mean", Ops.Zeros([channels]));
        _variance = AddBuffer("running_var", Ops.Full([channels], 1));
        _batches = AddBuffer("num_batches_tracked", Ops.Zeros([], ScalarType.Int64));
    }

    /// <inheritdoc/>
    /// <exception cref="TorchException">In training there is one value a channel, which has no variance.</exception>
    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        var training = mode == ForwardMode.Training;
        if (training)
        {
            // libtorch would go on and leave NaN in the running variance.
            if (input.ElementCount <= _mean.Value.ElementCount)
            {
                throw new TorchException(
                    TorchErrorKind.Value,
                    "aten::batch_norm",
                    "batch normalization needs at least two values a channel in training, got one; use batches of at least 2 samples");
            }

            Ops.AddInPlace(_batches.Value, 1L);
        }

        return Ops.BatchNorm(input, _weight.Value, _bias.Value, _mean.Value, _variance.Value, training, Momentum, Epsilon);
    }
}
