using Rubato.Torch.Memory;
using Rubato.Torch.Verifying;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Verifying;

public sealed class RoundingNoiseTests
{
    [Fact]
    public void Apply_Once_EachNumberIsMovedToANeighbour()
    {
        using var layer = Linear(8, 8);
        layer.ConvertTo(ScalarType.Float64);
        MemoryOrder.AsSpan<double>(layer.weight!).Fill(1);
        MemoryOrder.AsSpan<double>(layer.bias!).Clear();
        using var noise = new RoundingNoise(layer, seed: 1, which: 1);
        noise.Apply();
        var weights = MemoryOrder.ToArray<double>(layer.weight!);

        Assert.Equal([1 - Math.ScaleB(1, -52), 1 + Math.ScaleB(1, -52)], weights.Distinct().Order());
        Assert.All(MemoryOrder.ToArray<double>(layer.bias!), value => Assert.Equal(0, value));
    }
}
