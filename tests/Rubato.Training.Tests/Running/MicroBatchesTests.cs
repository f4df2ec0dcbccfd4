using Rubato.Data;
using Rubato.Plans;
using Rubato.Torch;
using Rubato.Torch.Losses;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;
using Rubato.Training.Running;

namespace Rubato.Training.Tests.Running;

public sealed class MicroBatchesTests
{
    // Sums in another order, in 64 bits: some 1e-14 here.
    private const double Rounding = 1e-11;

    private static readonly Examples Train = DatasetCatalog.Load("glyphs(train: 300)", new DatasetOptions()).Train;

    [Theory]
    [InlineData("mlp(32)", 128, 32, null)]
    [InlineData("mlp(32)", 128, 50, null)]
    [InlineData("mlp(32, norm: batch)", 128, 32, 16)]
    [InlineData("mlp(32, norm: batch)", 129, 32, 32)]
    [InlineData("mlp(32, norm: batch)", 150, 64, 32)]
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
        var whole = Run("mlp(32, norm: batch)", 128, null, null).Gradient;
        var parts = Run("mlp(32, norm: batch)", 128, 32, null).Gradient;
        Assert.InRange(Norm(whole.Zip(parts, (a, b) => a - b)) / Norm(whole), 1e-2, 10);
    }

    [Fact]
    public void Backward_ASampleLeftOver_JoinsTheMicroBatchBeforeIt() =>
        Assert.True(double.IsFinite(Run("mlp(32, norm: batch)", 65, 32, null).Loss));

    private static (double Loss, double[] Gradient, double[] Statistics) Run(string name, int batch, int? micro, int? ghost)
    {
        Engine.Seed(5);
        using var network = NetworkCatalog.Parse(name).Build(new InputShape(1, 28, 28, 10));
        network.ConvertTo(ScalarType.Float64);
        network.UseGhostBatch(ghost);
        using var optimizer = new GradientInPlaceOfWeights(ParameterGroup.Of(network));
        var batches = new MicroBatches(network, new CrossEntropy(), new BatchReader(Train, Device.Cpu, MemoryFormat.Contiguous, ScalarType.Float64), Augmentation.None, micro);
        var loss = batches.Backward([.. Enumerable.Range(0, batch)], seed: 1, position: 0);
        var trained = network.NamedParameters().Select(entry => entry.Key).ToHashSet();
        optimizer.TakeGradients();
        optimizer.Step(default);
        var state = network.StateTensors().ToLookup(entry => trained.Contains(entry.Key), entry => entry.Value);
        return (loss, [.. state[true].SelectMany(Values)], [.. state[false].SelectMany(Values)]);
    }

    private static IEnumerable<double> Values(Tensor tensor) =>
        tensor.ScalarType == ScalarType.Int64 ? tensor.ToArray<long>().Select(value => (double)value) : tensor.ToArray<double>();

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private sealed class GradientInPlaceOfWeights(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups)
    {
        protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
        {
            Foreach.Multiply(parameters, 0);
            Foreach.Add(parameters, gradients);
        }
    }
}
