using Rubato.Torch.Layers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Tests.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class SynchronizedNormTests
{
    [Fact]
    public void Backward_AProcessIsGone_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var layer = new GhostBatchNorm(3) { Peers = new Failing() };
        var x = Numbers.Random32(1, 4, 3).requires_grad_();
        var y = layer.call(x).sum();
        Assert.Equal("gone", Assert.Throws<PeersException>(() => SynchronizedBackward.Run(layer.Peers!, y)).Message);
    }

    private sealed class Failing : IPeers
    {
        private int _n;
        public int Rank => 0;
        public int Size => 2;
        public string Engine => "";
        public IReadOnlyList<string> Hosts => [];
        public TimeSpan Waited => default;
        public void Broadcast(Tensor tensor) { }
        public void Dispose() { }
        public void Sum(Tensor tensor, bool isRootSlow = false) { if (_n++ > 0) throw new PeersException("gone"); }
    }
}
