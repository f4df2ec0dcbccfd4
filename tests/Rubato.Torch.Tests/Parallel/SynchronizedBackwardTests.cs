using System.Runtime.InteropServices;
using Rubato.Torch.Layers;
using Rubato.Torch.Parallel;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Parallel;

public sealed class SynchronizedBackwardTests
{
    // An exception that passed through libtorch would end the program, and the test with it.
    [Fact]
    public void Run_AThreadFailsBeforeTheBackwardPass_TheOtherIsTold()
    {
        PeersException? told = null;
        var e = Assert.Throws<InvalidOperationException>(() => ThreadPeers.Run(2, peers =>
        {
            using var layer = new GhostBatchNorm(1) { Peers = peers };
            var loss = layer.call(Numbers.Random32(peers.Rank, 3, 1)).sum();
            if (peers.Rank == 1)
            {
                throw new InvalidOperationException("made to fail");
            }

            told = Assert.Throws<PeersException>(() => SynchronizedBackward.Run(peers, loss));
        }));
        Assert.Equal("made to fail", e.Message);
        Assert.Equal("The thread 0 waits for one that has failed.", told?.Message);
    }

    [Fact]
    public void Run_AfterAFailure_GoesOn() => ThreadPeers.Run(2, peers =>
    {
        using var layer = new GhostBatchNorm(1) { Peers = peers };
        var loss = layer.call(Numbers.Random32(peers.Rank, 3, 1)).square().sum();
        Assert.Throws<ExternalException>(() => loss.backward(create_graph: true));
        SynchronizedBackward.Run(peers, layer.call(Numbers.Random32(peers.Rank, 3, 1)).sum());
        Assert.All(layer.parameters(), parameter => Assert.NotNull(parameter.grad));
    });

    [Fact]
    public void Run_AnotherFailureOfLibtorch_IsPassedOn()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => SynchronizedBackward.Run(Alone.Instance, zeros(2, requires_grad: true)));
    }
}
