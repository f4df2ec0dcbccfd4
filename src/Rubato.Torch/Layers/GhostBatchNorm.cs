using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Layers;

/// <summary>
/// Batch normalization over all dimensions but the second (Ioffe and Szegedy 2015, arXiv 1502.03167): PyTorch's <c>BatchNorm1d</c> and
/// <c>BatchNorm2d</c> with their defaults, and with ghost batches if they are asked for. Parameters <c>weight</c> and <c>bias</c> (C);
/// buffers <c>running_mean</c>, <c>running_var</c> (C) and <c>num_batches_tracked</c>.
/// </summary>
/// <remarks>
/// With ghost batches each n samples of a batch have statistics of their own in training, and each such part moves the running statistics.
/// The noise that normalization adds then does not depend on the batch size. Hoffer, Hubara, Soudry 2017, arXiv 1705.08741, section 4 and
/// algorithm 1. <see cref="BatchParts"/> says how a batch is cut that n does not divide.
/// </remarks>
public sealed class GhostBatchNorm : Module<Tensor, Tensor>, IMovingAverages
{
    // Both are PyTorch's defaults.
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;
    private readonly long _channels;

    // Names in the state, by which conversions to another type or device find the fields and replace what is in them.
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;
    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;
    [ComponentName(Name = "running_mean")]
    private readonly Tensor _mean;
    [ComponentName(Name = "running_var")]
    private readonly Tensor _variance;
    [ComponentName(Name = "num_batches_tracked")]
    private readonly Tensor _batches;

    /// <summary>A layer with weight 1 and bias 0.</summary>
    /// <param name="channels">The size of the second dimension; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public GhostBatchNorm(long channels)
        : base(nameof(GhostBatchNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _channels = channels;
        _weight = new Parameter(ones(channels));
        _bias = new Parameter(zeros(channels));
        _mean = zeros(channels);
        _variance = ones(channels);
        _batches = zeros([], ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>Samples that share their statistics in training; at least 2. Null, the default, for the whole input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set below 2.</exception>
    public int? GhostBatch
    {
        get;
        set
        {
            if (value is { } samples)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>
    /// The processes whose inputs share their statistics in training, as PyTorch's <c>SyncBatchNorm</c>; null, the default, for those of this
    /// process alone. Not together with <see cref="GhostBatch"/>.
    /// </summary>
    internal IPeers? Peers { get; set; }

    /// <summary>
    /// The factor by which longer weights before the layer have enlarged its input; 1 at first. The layer adds <c>1e-5 InputScale^2</c> to
    /// the variance, so that its output does not depend on the factor.
    /// </summary>
    public double InputScale { get; internal set; } = 1;

    /// <summary>The running mean, which is proportional to the scale of the weights, and the running variance, to its square.</summary>
    internal (Tensor Mean, Tensor Variance) Running => (_mean, _variance);

    // Statistics of all processes are the same in each of them.
    IReadOnlyList<Tensor> IMovingAverages.Averages => Peers is { Size: > 1 } ? [] : [_mean, _variance];

    double IMovingAverages.AverageMomentum => Momentum;

    Tensor IMovingAverages.AveragedCount => _batches;

    /// <summary>The function.</summary>
    /// <param name="input">(N, C, ...).</param>
    /// <returns>The shape of the input.</returns>
    /// <exception cref="TorchException">In training there is one value a channel, which has no variance.</exception>
    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return Normalize(input);
        }

        if (Peers is { Size: > 1 } peers)
        {
            return NormalizeTogether(input, peers);
        }

        // libtorch would go on and leave NaN in the running variance.
        if (input.numel() <= _channels)
        {
            throw OneValue();
        }

        var samples = checked((int)input.size(0));
        var parts = new BatchParts(samples, GhostBatch ?? samples);
        _batches.PlusInPlace((long)parts.Count);
        return parts.Count == 1 ? Normalize(input) : NormalizeParts(input, parts);
    }

    /// <summary>Adapts running statistics and the constant to weights before the layer that become c times as long.</summary>
    internal void ScaleInput(double factor)
    {
        _mean.TimesInPlace(factor);
        _variance.TimesInPlace(factor * factor);
        InputScale *= factor;
    }

    // One split and one concatenation: the gradient of a view of each part would be as large as the batch.
    private Tensor NormalizeParts(Tensor input, BatchParts parts)
    {
        // Without a scope the garbage collector could free an intermediate tensor while an operator reads it.
        using var scope = NewDisposeScope();
        var sizes = new long[parts.Count];
        for (var part = 0; part < sizes.Length; part++)
        {
            sizes[part] = parts.LengthOf(part);
        }

        return cat(Array.ConvertAll(input.split(sizes), Normalize)).MoveToOuterDisposeScope();
    }

    private Tensor NormalizeTogether(Tensor input, IPeers peers)
    {
        if (GhostBatch is not null)
        {
            throw new InvalidOperationException("Statistics of all processes and of ghost batches exclude each other; set one of them.");
        }

        using var scope = NewDisposeScope();
        var (mean, variance, count) = SynchronizedNorm.Statistics(peers, input);
        if (count < 2)
        {
            throw OneValue();
        }

        var inverse = variance.Plus(Epsilon * InputScale * InputScale).rsqrt();
        using (no_grad())
        {
            _batches.PlusInPlace(1L);
            Move(_mean, mean);
            Move(_variance, variance.Times(count / (count - 1)));
        }

        return SynchronizedNorm.apply(
            input, _weight, _bias, mean.to(input.dtype, input.device), inverse.to(input.dtype, input.device), peers, count)
            .MoveToOuterDisposeScope();
    }

    private static void Move(Tensor average, Tensor statistic) =>
        average.TimesInPlace(1 - Momentum).PlusInPlace(statistic.to(average.dtype, average.device), Momentum);

    private static TorchException OneValue() => new(
        TorchErrorKind.Value,
        "aten::batch_norm",
        "batch normalization needs at least two values a channel in training, got one; use batches of at least 2 samples");

    private Tensor Normalize(Tensor input) =>
        F.batch_norm(input, _mean, _variance, _weight, _bias, training, Momentum, Epsilon * InputScale * InputScale);
}
