using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;
using Rubato.Training.Verifying;

namespace Rubato.Training.Tests.Verifying;

public sealed class RoundingNoiseTests
{
    [Fact]
    public void Apply_Once_EachNumberIsMovedToANeighbour()
    {
        using var layer = new Linear(Ops.From<double>([.. Enumerable.Repeat(1.0, 64)], [8, 8]), Ops.Zeros([8]));
        layer.ConvertTo(ScalarType.Float64);
        using var noise = new RoundingNoise(layer, seed: 1, which: 1);
        noise.Apply();
        using var scope = TensorScope.Begin();
        var weights = layer.NamedParameters().First().Value.Value.ToArray<double>();

        Assert.Equal([1 - Math.ScaleB(1, -52), 1 + Math.ScaleB(1, -52)], weights.Distinct().Order());
        Assert.All(layer.NamedParameters().Last().Value.Value.ToArray<double>(), value => Assert.Equal(0, value));
    }
}
