using Rubato.Torch.Layers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Tests.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class SynchronizedNormTests
{
    private const int Steps = 200;

    // 4 MiB a tensor: of one that is kept in each step there would be 800 MiB after two hundred.
    private static readonly long[] Large = [64, 16, 32, 32];

    [Fact]
    public void Layer_TwoHundredSteps_LeaveNoTensorAndTakeNoMoreMemory() => ThreadPeers.Run(2, peers =>
    {
        using var layer = new GhostBatchNorm(Large[1]) { Peers = peers };
        using var input = ones(Large).requires_grad_();
        using var meeting = zeros(1);
        Repeat(5);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        peers.Sum(meeting);
        var (tensors, memory) = (Tensor.TotalCount, Environment.WorkingSet);
        peers.Sum(meeting);
        Repeat(Steps);
        peers.Sum(meeting);
        // The other thread may have made the tensors of its next sum.
        Assert.InRange(Tensor.TotalCount, 0, tensors + 10);
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 200L << 20);

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
