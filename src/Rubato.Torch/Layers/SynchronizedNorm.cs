using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Layers;

/// <summary>
/// Batch normalization by the statistics of all processes' inputs: <c>y = w (x - mean) / sqrt(var + e) + b</c>, as one process would have it
/// of the whole batch, up to rounding.
/// </summary>
/// <remarks>
/// Each pass has one reduction. Forward, processes exchange counts, means and sums of squared deviations, which are combined pairwise (Chan,
/// Golub and LeVeque 1983), so that a large mean takes no digits of the variance. Backward, they add up <c>sum dy</c> and
/// <c>sum dy x^</c>: <c>dx = w / sqrt(var + e) (dy - (sum dy + x^ sum dy x^) / n)</c>. Gradients of w and b are those of this process, since
/// the sum of all gradients follows.
/// </remarks>
internal sealed class SynchronizedNorm : autograd.SingleTensorFunction<SynchronizedNorm>
{
    private const string PeersKey = "peers";
    private const string CountKey = "count";

    /// <inheritdoc/>
    public override string Name => nameof(SynchronizedNorm);

    /// <summary>The statistics of all processes.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="input">(N, C, ...).</param>
    /// <returns>
    /// Means and biased variances (C), in 64 bits on the CPU, and the number of values a channel. They belong to the caller's scope.
    /// </returns>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal static (Tensor Mean, Tensor Variance, double Count) Statistics(IPeers peers, Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (channels, own) = (input.size(1), (double)input.numel() / input.size(1));
        var dimensions = AllButChannels(input);
        var mean = input.mean(dimensions, keepdim: true);
        var deviations = input - mean;
        var all = zeros([peers.Size, 1 + (2 * channels)], ScalarType.Float64);
        var row = all[peers.Rank];
        row[0] = own;
        _ = row.slice(0, 1, 1 + channels, 1).copy_(mean.flatten());
        _ = row.slice(0, 1 + channels, 1 + (2 * channels), 1).copy_((deviations * deviations).sum(dimensions));
        peers.Sum(all);
        var (counts, means, squares) = (all.slice(1, 0, 1, 1), all.slice(1, 1, 1 + channels, 1), all.slice(1, 1 + channels, 1 + (2 * channels), 1));
        var count = MemoryOrder.Number(counts.sum());
        var joint = (counts * means).sum([0L]).Times(1 / count);
        var apart = means - joint;
        var variance = (squares + (counts * apart * apart)).sum([0L]).Times(1 / count);
        return (joint.MoveToOuterDisposeScope(), variance.MoveToOuterDisposeScope(), count);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (mean, inverse) = ((Tensor)vars[3], (Tensor)vars[4]);
        ctx.save_for_backward([input, weight, mean, inverse]);
        ctx.save_data(PeersKey, vars[5]);
        ctx.save_data(CountKey, vars[6]);
        var shape = ShapeOf(input);
        return (((input - mean.view(shape)) * (inverse * weight).view(shape)) + bias.view(shape)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (input, weight, mean, inverse) = (saved[0], saved[1], saved[2], saved[3]);
        var (peers, count) = ((IPeers)ctx.get_data(PeersKey), (double)ctx.get_data(CountKey));
        var (shape, dimensions) = (ShapeOf(input), AllButChannels(input));
        var normalized = (input - mean.view(shape)) * inverse.view(shape);
        var bias = grad_output.sum(dimensions);
        var own = (grad_output * normalized).sum(dimensions);
        var sums = stack([bias, own]).to(ScalarType.Float64, CPU).contiguous();
        peers.Sum(sums);
        var shares = sums.Times(1 / count).to(input.dtype, input.device);
        var inner = grad_output - shares[0].view(shape) - (normalized * shares[1].view(shape));
        var gradient = inner * (inverse * weight).view(shape);
        return
        [
            gradient.MoveToOuterDisposeScope(), own.MoveToOuterDisposeScope(), bias.MoveToOuterDisposeScope(), null!, null!, null!, null!,
        ];
    }

    private static long[] ShapeOf(Tensor input)
    {
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[1] = input.size(1);
        return shape;
    }

    private static long[] AllButChannels(Tensor input) =>
        [.. Enumerable.Range(0, (int)input.dim()).Where(dimension => dimension != 1).Select(dimension => (long)dimension)];
}
