using Rubato.Torch.Layers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Tests.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class SynchronizedNormTests
{
    private const int Steps = 200;
    private const long MostGrowth = 64L << 20;

    // 512 KiB a tensor: of one that is kept in each step there would be 200 MiB after two hundred of both threads.
    private static readonly long[] Large = [32, 16, 16, 16];

    [Fact]
    public void Layer_TwoHundredSteps_LeaveNoTensorAndTakeNoMoreMemory() => ThreadPeers.Run(2, peers =>
    {
        using var layer = new GhostBatchNorm(Large[1]) { Peers = peers };
        using var input = ones(Large).requires_grad_();
        using var meeting = zeros(1);
        Repeat(Steps);
        var (tensors, memory) = Used();
        Repeat(Steps);
        var (tensorsAfter, memoryAfter) = Used();
        Assert.InRange(tensorsAfter, 0, tensors);
        Assert.InRange(memoryAfter, 0, memory + MostGrowth);

        // Both threads rest, and what earlier tests have left is gone.
        (long Tensors, long Memory) Used()
        {
            peers.Sum(meeting);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var used = (Tensor.TotalCount, Environment.WorkingSet);
            peers.Sum(meeting);
            return used;
        }

        void Repeat(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                SynchronizedBackward.Run(peers, layer.call(input).sum());
                input.grad = null;
                layer.zero_grad();
            }
        }
    });
}
