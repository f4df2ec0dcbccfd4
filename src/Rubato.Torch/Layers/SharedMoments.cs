using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Layers;

/// <summary>Mean and variance of each channel over the inputs of all processes.</summary>
/// <remarks>
/// <para>
/// Each process takes the deviations from a center of its own, which is its mean as the input's type can hold it, and their sum s and sum
/// of squares q: its mean is <c>center + s / n</c>, and its sum of squared deviations <c>q - s^2 / n</c>. The counts, means and sums of all
/// are exchanged in one reduction and combined: <c>M = sum of (M_r + n_r (mean_r - mean)^2)</c>. Both are from Chan, Golub and LeVeque
/// 1983, "Algorithms for computing the sample variance". A large mean takes no digits of the variance.
/// </para>
/// <para>The tensors belong to the scope in which it was made.</para>
/// </remarks>
internal sealed class SharedMoments
{
    private SharedMoments(IPeers peers, Tensor deviations, Tensor center, Tensor mean, Tensor variance, double count) =>
        (Peers, Deviations, Center, Mean, Variance, Count) = (peers, deviations, center, mean, variance, count);

    /// <summary>The processes.</summary>
    internal IPeers Peers { get; }

    /// <summary>This process's input less the center; in the shape, type and order of the input.</summary>
    internal Tensor Deviations { get; }

    /// <summary>The center (C), in the type of the input and where it lies.</summary>
    internal Tensor Center { get; }

    /// <summary>The means (C) over all processes, in 64 bits on the CPU.</summary>
    internal Tensor Mean { get; }

    /// <summary>The biased variances (C) over all processes, in 64 bits on the CPU.</summary>
    internal Tensor Variance { get; }

    /// <summary>Values a channel, of all processes together.</summary>
    internal double Count { get; }

    /// <summary>Takes the moments; every process does.</summary>
    /// <param name="peers">The processes.</param>
    /// <param name="input">(N, C, ...), where N may be 0 and may differ between processes.</param>
    /// <exception cref="PeersException">A process is missing.</exception>
    internal static SharedMoments Of(IPeers peers, Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var channels = checked((int)input.size(1));
        var count = (double)input.numel() / channels;
        var dimensions = ChannelShape.AllBut(input);
        var center = count > 0 ? input.mean(dimensions, keepdim: true) : zeros(ChannelShape.Of(input), input.dtype, input.device);
        var deviations = input.Plus(center, -1);
        var own = cat([center.flatten(), deviations.sum(dimensions), deviations.square().sum(dimensions)]).to(ScalarType.Float64, CPU);
        var all = zeros([peers.Size, 1 + (2 * channels)], ScalarType.Float64);
        Write(count, MemoryOrder.AsSpan<double>(own), SlotOf(all, peers.Rank));
        peers.Sum(all);
        var (mean, variance) = (zeros(channels, ScalarType.Float64), zeros(channels, ScalarType.Float64));
        var total = Combine(all, MemoryOrder.AsSpan<double>(mean), MemoryOrder.AsSpan<double>(variance));
        return new SharedMoments(
            peers, Kept(deviations), Kept(center.flatten()), Kept(mean), Kept(variance), total);

        static Tensor Kept(Tensor tensor) => tensor.MoveToOuterDisposeScope();
    }

    private static Span<double> SlotOf(Tensor all, int rank)
    {
        var slots = MemoryOrder.AsSpan<double>(all);
        var length = checked((int)all.size(1));
        return slots.Slice(rank * length, length);
    }

    // The count, all means, all sums of squared deviations. Without a value all three are 0.
    private static void Write(double count, ReadOnlySpan<double> own, Span<double> slot)
    {
        var channels = own.Length / 3;
        slot[0] = count;
        for (var c = 0; c < channels && count > 0; c++)
        {
            var (center, sum, squares) = (own[c], own[channels + c], own[(2 * channels) + c]);
            slot[1 + c] = center + (sum / count);
            slot[1 + channels + c] = Math.Max(0, squares - (sum * sum / count));
        }
    }

    private static double Combine(Tensor all, Span<double> mean, Span<double> variance)
    {
        var (size, channels, total) = (checked((int)all.size(0)), mean.Length, 0.0);
        for (var rank = 0; rank < size; rank++)
        {
            total += SlotOf(all, rank)[0];
        }

        for (var rank = 0; rank < size; rank++)
        {
            var slot = SlotOf(all, rank);
            for (var c = 0; c < channels; c++)
            {
                mean[c] += slot[0] / total * slot[1 + c];
            }
        }

        for (var rank = 0; rank < size; rank++)
        {
            var slot = SlotOf(all, rank);
            for (var c = 0; c < channels; c++)
            {
                var apart = slot[1 + c] - mean[c];
                variance[c] += (slot[1 + channels + c] + (slot[0] * apart * apart)) / total;
            }
        }

        return total;
    }
}
