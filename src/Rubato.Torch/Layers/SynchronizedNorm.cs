using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Layers;

/// <summary>
/// Batch normalization by the statistics of all processes' inputs: <c>y = w x^ + b</c> with <c>x^ = (x - mean) / sqrt(var + e)</c>, as one
/// process would have it of the whole batch, up to rounding.
/// </summary>
/// <remarks>
/// Backward, one reduction adds up <c>sum dy</c> and <c>sum dy x^</c> over the processes: <c>dx = w / sqrt(var + e) (dy - (sum dy +
/// x^ sum dy x^) / n)</c>, Ioffe and Szegedy 2015, section 3. The gradients of w and b are those of this process, since the sum of all
/// gradients follows. There is no gradient of the gradient. Run the backward pass by <see cref="SynchronizedBackward"/>.
/// </remarks>
internal sealed class SynchronizedNorm : autograd.SingleTensorFunction<SynchronizedNorm>
{
    private const string PeersKey = "peers";
    private const string CountKey = "count";

    /// <inheritdoc/>
    public override string Name => nameof(SynchronizedNorm);

    /// <summary>The function; the statistics have been taken.</summary>
    /// <param name="input">(N, C, ...).</param>
    /// <param name="weight">w (C).</param>
    /// <param name="bias">b (C).</param>
    /// <param name="moments">Of the input and those of the other processes.</param>
    /// <param name="epsilon">e.</param>
    /// <returns>The shape of the input; of the caller's scope.</returns>
    internal static Tensor Of(Tensor input, Tensor weight, Tensor bias, SharedMoments moments, double epsilon) =>
        apply(input, weight, bias, moments, epsilon);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (moments, epsilon) = ((SharedMoments)vars[3], (double)vars[4]);
        var inverse = moments.Variance.Plus(epsilon).rsqrt();
        var center = moments.Center.to(ScalarType.Float64, CPU);
        var offset = center.Plus(moments.Mean, -1).mul(inverse);
        var (narrowInverse, narrowOffset) = (inverse.to(input.dtype, input.device), offset.to(input.dtype, input.device));
        ctx.save_for_backward([input, weight, moments.Center, narrowInverse, narrowOffset]);
        ctx.save_data(PeersKey, moments.Peers);
        ctx.save_data(CountKey, moments.Count);
        var shape = ChannelShape.Of(input);
        var shift = weight.mul(narrowOffset).Plus(bias, 1).view(shape);
        var output = shift.PlusProduct(moments.Deviations, weight.mul(narrowInverse).view(shape), 1);
        // Saved when the function returns: until then they belong to the caller.
        _ = narrowInverse.MoveToOuterDisposeScope();
        _ = narrowOffset.MoveToOuterDisposeScope();
        return output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var upstream = grad_output;
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (peers, count) = ((IPeers)ctx.get_data(PeersKey), (double)ctx.get_data(CountKey));
        return SynchronizedBackward.Hand(peers, () => Gradients(peers, count, saved, upstream), saved[0], saved[1], saved[1], null, null);
    }

    private static List<Tensor?> Gradients(IPeers peers, double count, List<Tensor> saved, Tensor upstream)
    {
        if (is_grad_enabled())
        {
            throw new NotSupportedException("Batch normalization over processes has no gradient of its gradient.");
        }

        var (input, weight, center, inverse, offset) = (saved[0], saved[1], saved[2], saved[3], saved[4]);
        var (shape, dimensions) = (ChannelShape.Of(input), ChannelShape.AllBut(input));
        var normalized = offset.view(shape).PlusProduct(input.Plus(center.view(shape), -1), inverse.view(shape), 1);
        var bias = upstream.sum(dimensions);
        var own = upstream.mul(normalized).sum(dimensions);
        var sums = cat([bias, own]).to(ScalarType.Float64, CPU, copy: true);
        peers.Sum(sums);
        var shares = sums.TimesInPlace(1 / count).to(input.dtype, input.device).view(2, -1);
        var gradient = upstream.Plus(shares[0].view(shape), -1)
            .PlusProductInPlace(normalized, shares[1].view(shape), -1)
            .mul_(weight.mul(inverse).view(shape));
        return [gradient.DetachFromDisposeScope(), own.DetachFromDisposeScope(), bias.DetachFromDisposeScope(), null, null];
    }
}
