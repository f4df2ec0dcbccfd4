using Rubato.Cli.Catalog;
using Rubato.Data;
using Rubato.Data.Datasets;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Running;
using Rubato.Torch.Tests.Objectives;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed class MicroBatchesTests
{
    // Sums in another order, in 64 bits: some 1e-14 here.
    private const double Rounding = 1e-11;

    private static readonly Examples Train = DatasetCatalog.Load("glyphs(train 300)", new DatasetOptions()).Train;

    [Theory]
    [InlineData("mlp(32)", 128, 32, null)]
    [InlineData("mlp(32)", 128, 50, null)]
    [InlineData("mlp(32, norm batch)", 128, 32, 16)]
    [InlineData("mlp(32, norm batch)", 129, 32, 32)]
    [InlineData("mlp(32, norm batch)", 150, 64, 32)]
    [InlineData("convnet", 128, 64, 32)]
    [InlineData("convnet", 193, 64, 64)]
    [InlineData("resnet-20", 24, 8, 8)]
    public void Backward_InMicroBatches_IsTheGradientOfTheWholeBatch(string network, int batch, int micro, int? ghost)
    {
        var (loss, gradient, statistics) = Run(network, batch, null, ghost);
        var (partLoss, partGradient, partStatistics) = Run(network, batch, micro, ghost);
        Assert.Equal(loss, partLoss, Rounding);
        Assert.InRange(Norm(gradient.Zip(partGradient, (a, b) => a - b)) / Norm(gradient), 0, Rounding);
        Assert.Equal(statistics.Length, partStatistics.Length);
        Assert.All(statistics.Zip(partStatistics), pair => Assert.Equal(pair.First, pair.Second, Rounding * (1 + Math.Abs(pair.First))));
    }

    [Fact]
    public void Backward_NormalizedOverMicroBatchesWithoutGhosts_IsAnotherGradient()
    {
        var whole = Run("mlp(32, norm batch)", 128, null, null).Gradient;
        var parts = Run("mlp(32, norm batch)", 128, 32, null).Gradient;
        Assert.InRange(Norm(whole.Zip(parts, (a, b) => a - b)) / Norm(whole), 1e-2, 10);
    }

    [Fact]
    public void Backward_ASampleLeftOver_JoinsTheMicroBatchBeforeIt() =>
        Assert.True(double.IsFinite(Run("mlp(32, norm batch)", 65, 32, null).Loss));

    private static (double Loss, double[] Gradient, double[] Statistics) Run(string name, int batch, int? micro, int? ghost)
    {
        Engine.Seed(5);
        using var network = NetworkCatalog.Parse(name).Build(new InputShape(1, 28, 28, 10));
        network.ConvertTo(ScalarType.Float64);
        network.UseGhostBatch(ghost);
        var batches = new MicroBatches(Over.Examples(network, Train, type: ScalarType.Float64), micro);
        var loss = batches.Backward([.. Enumerable.Range(0, batch)], seed: 1, position: 0);
        return (loss, [.. network.parameters().SelectMany(parameter => Values(parameter.grad!))], [.. network.buffers().SelectMany(Values)]);
    }

    private static IEnumerable<double> Values(Tensor tensor) => tensor.dtype == ScalarType.Int64
        ? MemoryOrder.ToArray<long>(tensor).Select(value => (double)value)
        : MemoryOrder.ToArray<double>(tensor);

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
