using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>
/// Batch normalization over all dimensions but the second (Ioffe and Szegedy 2015, arXiv 1502.03167): PyTorch's <c>BatchNorm1d</c> and
/// <c>BatchNorm2d</c> with their defaults. Parameters <c>weight</c> and <c>bias</c> (C); buffers <c>running_mean</c>,
/// <c>running_var</c> (C) and <c>num_batches_tracked</c>.
/// </summary>
/// <remarks>
/// With ghost batches the statistics in training are those of so many samples at a time, in their order, and each such part moves the running ones,
/// as if it were a batch (Hoffer, Hubara, Soudry 2017, arXiv 1705.08741, section 4 and algorithm 1): the noise that normalization adds then does not depend
/// on the batch. <see cref="BatchParts"/> says what becomes of a batch that the size does not divide.
/// </remarks>
public sealed class BatchNorm : Layer
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Buffer _mean;
    private readonly Buffer _variance;
    private readonly Buffer _batches;
    private int? _ghost;

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
    public override bool UseGhostBatch(int? samples)
    {
        if (samples is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 2, nameof(samples));
        }

        _ghost = samples;
        return true;
    }

    /// <summary>
    /// How many times larger its input is than that of the network it stands for, whose weights are not as long: the constant that is added to the
    /// variance is <c>1e-5 InputScale^2</c>, so that the output is the same. 1 at first.
    /// </summary>
    public double InputScale { get; internal set; } = 1;

    /// <summary>Goes with weights before it that become c times as long: the running statistics, and the constant.</summary>
    internal void ScaleInput(double factor)
    {
        Ops.MultiplyInPlace(_mean.Value, factor);
        Ops.MultiplyInPlace(_variance.Value, factor * factor);
        InputScale *= factor;
    }

    /// <summary>The running mean and the running variance, which go with the scale of the weights and with its square.</summary>
    internal (Tensor Mean, Tensor Variance) Running => (_mean.Value, _variance.Value);

    /// <inheritdoc/>
    public override bool FreezeAffine()
    {
        _weight.Freeze();
        _bias.Freeze();
        return true;
    }

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Normalized(input, this);
    }

    /// <inheritdoc/>
    /// <exception cref="TorchException">In training there is one value a channel, which has no variance.</exception>
    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        if (mode != ForwardMode.Training)
        {
            return Normalize(input, training: false);
        }

        // libtorch would go on and leave NaN in the running variance.
        if (input.ElementCount <= _mean.Value.ElementCount)
        {
            throw new TorchException(
                TorchErrorKind.Value,
                "aten::batch_norm",
                "batch normalization needs at least two values a channel in training, got one; use batches of at least 2 samples");
        }

        var samples = checked((int)input.Shape[0]);
        var parts = new BatchParts(samples, _ghost ?? samples);
        Ops.AddInPlace(_batches.Value, (long)parts.Count);
        return parts.Count == 1 ? Normalize(input, training: true) : NormalizeParts(input, parts);
    }

    // Split and put together as a whole, since so are their gradients; a view of each part would have a gradient as large as the batch.
    private Tensor NormalizeParts(Tensor input, BatchParts parts)
    {
        using var normalized = new TensorList(Array.ConvertAll(Taken(input, parts), part => Normalize(part, training: true)));
        return Ops.Concatenate(normalized);
    }

    private static Tensor[] Taken(Tensor input, BatchParts parts)
    {
        var (size, last) = (parts.LengthOf(0), parts.LengthOf(parts.Count - 1));
        if (last <= size)
        {
            return Ops.Split(input, size);
        }

        var (equal, rest) = Ops.SplitAt(input, input.Shape[0] - last);
        return [.. Ops.Split(equal, size), rest];
    }

    private Tensor Normalize(Tensor input, bool training) =>
        Ops.BatchNorm(input, _weight.Value, _bias.Value, _mean.Value, _variance.Value, training, Momentum, Epsilon * InputScale * InputScale);
}
