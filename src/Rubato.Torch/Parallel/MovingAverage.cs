using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Parallel;

/// <summary>
/// A buffer that each process moves by the statistics of its own samples, and that becomes what it would be if one process had seen all of
/// them in the order of the ranks.
/// </summary>
/// <remarks>
/// <para>
/// From r, a process that takes n statistics comes to <c>(1 - m)^n r + c</c>. With those of all ranks q, one after the other, the average
/// is <c>(1 - m)^K r + sum of (1 - m)^(n of all ranks after q) c_q</c>, where K is the number of all statistics. So each process sends its
/// c, weighted, and the process 0 adds the rest: no reduction of its own, and the same average as in one process, up to rounding.
/// </para>
/// <para>
/// A buffer of which no momentum is known becomes the mean over the processes, weighted by their samples.
/// </para>
/// </remarks>
internal sealed class MovingAverage
{
    private readonly double? _momentum;
    private readonly Tensor? _count;
    private long _before;

    private MovingAverage(double? momentum, Tensor? count) => (_momentum, _count) = (momentum, count);

    /// <summary>How each buffer of a network moves.</summary>
    /// <param name="network">The network.</param>
    /// <param name="buffers">Its buffers of floating-point numbers.</param>
    internal static MovingAverage[] Of(Module network, Tensor[] buffers)
    {
        var known = new List<(Tensor Average, double Momentum, Tensor Count)>();
        foreach (var module in network.modules().Prepend(network).Distinct())
        {
            if (module is IMovingAverages own)
            {
                known.AddRange(own.Averages.Select(average => (average, own.AverageMomentum, own.AveragedCount)));
            }
            else if (module is NormBase
            {
                momentum: { } momentum, running_mean: { } mean, running_var: { } variance, num_batches_tracked: { } count,
            })
            {
                known.Add((mean, momentum, count));
                known.Add((variance, momentum, count));
            }
        }

        return Array.ConvertAll(buffers, buffer =>
        {
            var found = known.FindIndex(each => TensorLayout.IsSameMemory(each.Average, buffer));
            return found < 0
                ? new MovingAverage(momentum: null, count: null)
                : new MovingAverage(known[found].Momentum, known[found].Count);
        });
    }

    /// <summary>Remembers how many statistics there were before an update.</summary>
    internal void Begin() => _before = _count is null ? 0 : Count;

    /// <summary>The factors with which a process weighs its own buffer in the sum.</summary>
    /// <param name="rank">The process.</param>
    /// <param name="passes">How many statistics each process takes of the batch, if the module is called once for each part.</param>
    /// <param name="share">The share of the samples that this process has computed, 0..1.</param>
    /// <returns>The factor on what the buffer is now, and on what it was before.</returns>
    internal (double Now, double Before) Weights(int rank, ReadOnlySpan<int> passes, double share)
    {
        var isRoot = rank == 0 ? 1 : 0;
        if (_momentum is not { } momentum)
        {
            return (share, isRoot - share);
        }

        // A module that is called several times in a forward pass takes as many statistics as often.
        var own = Count - _before;
        var calls = passes[rank] == 0 ? 1 : (double)own / passes[rank];
        var (after, all) = (0L, 0L);
        for (var other = 0; other < passes.Length; other++)
        {
            after += other > rank ? passes[other] : 0;
            all += passes[other];
        }

        var now = Math.Pow(1 - momentum, calls * after);
        return (now, (isRoot * Math.Pow(1 - momentum, calls * all)) - (now * Math.Pow(1 - momentum, own)));
    }

    private long Count => _count!.item<long>();
}
