using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class BatchNormTests
{
    [Theory]
    [InlineData(6L, 3L)]
    [InlineData(2L, 3L, 2L, 4L)]
    public void Forward_TwoTrainingBatchesThenEvaluation_AgreesWithTheFormulas(params long[] shape)
    {
        using var scope = TensorScope.Begin();
        using var layer = new BatchNorm(3);
        var state = layer.StateTensors().ToDictionary();
        Ops.Copy(Ops.Detach(state["weight"]), Numbers.Of([2, -1, 0.5], 3));
        Ops.Copy(Ops.Detach(state["bias"]), Numbers.Of([0.1, 0.2, 0.3], 3));
        var (mean, variance) = (new double[3], new double[] { 1, 1, 1 });
        double[] weight = [2, -1, 0.5];
        double[] bias = [0.1, 0.2, 0.3];
        for (var batch = 0; batch < 2; batch++)
        {
            var input = Numbers.Values(Numbers.Random32(batch, shape));
            var output = Numbers.Values(layer.Forward(Numbers.Random32(batch, shape), ForwardMode.Training));
            for (var c = 0; c < 3; c++)
            {
                var values = Channel(input, shape, c);
                var average = values.Average();
                var squares = values.Sum(value => (value - average) * (value - average));
                var deviation = Math.Sqrt((squares / values.Length) + 1e-5);
                Numbers.Close(values.Select(value => (weight[c] * (value - average) / deviation) + bias[c]).ToArray(), Channel(output, shape, c), 1e-5, 1e-5);
                mean[c] = (0.9 * mean[c]) + (0.1 * average);
                // The running variance is the unbiased one.
                variance[c] = (0.9 * variance[c]) + (0.1 * squares / (values.Length - 1));
            }
        }

        Numbers.Close(mean, Numbers.Values(state["running_mean"]), 1e-5, 1e-6);
        Numbers.Close(variance, Numbers.Values(state["running_var"]), 1e-5, 1e-6);
        Assert.Equal(2, state["num_batches_tracked"].Item());

        var last = Numbers.Values(Numbers.Random32(7, shape));
        var evaluated = Numbers.Values(layer.Forward(Numbers.Random32(7, shape), ForwardMode.Evaluation));
        for (var c = 0; c < 3; c++)
        {
            var k = c;
            Numbers.Close(
                Channel(last, shape, c).Select(value => (weight[k] * (value - mean[k]) / Math.Sqrt(variance[k] + 1e-5)) + bias[k]).ToArray(),
                Channel(evaluated, shape, c),
                1e-5,
                1e-5);
        }

        Assert.Equal(2, state["num_batches_tracked"].Item());
        Numbers.Close(mean, Numbers.Values(state["running_mean"]), 1e-5, 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_Gradients_AgreeWithDifferences(bool training)
    {
        using var scope = TensorScope.Begin();
        var mean = Numbers.Of([0.1, -0.2], 2);
        var variance = Numbers.Of([0.9, 1.3], 2);
        Numbers.CheckGradients(
            inputs => Ops.BatchNorm(inputs[0], inputs[1], inputs[2], mean, variance, training, 0, 1e-5),
            Numbers.Random(1, 3, 2, 2, 2),
            Numbers.Random(2, 2),
            Numbers.Random(3, 2));
    }

    [Fact]
    public void StateTensors_Names_AreTorchs()
    {
        using var layer = new BatchNorm(2);
        Assert.Equal(
            ["bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked"],
            layer.StateTensors("bn1.").Select(entry => entry.Key));
        Assert.Equal(["weight", "bias"], layer.NamedParameters().Select(entry => entry.Key));
    }

    [Fact]
    public void Forward_OneValueAChannelInTraining_IsRefusedAndChangesNothing()
    {
        using var scope = TensorScope.Begin();
        using var layer = new BatchNorm(2);
        var e = Assert.Throws<TorchException>(() => layer.Forward(Ops.Zeros([1, 2]), ForwardMode.Training));
        Assert.Equal(
            "aten::batch_norm: batch normalization needs at least two values a channel in training, got one; use batches of at least 2 samples",
            e.Message);
        var state = layer.StateTensors().ToDictionary();
        Assert.Equal([1.0, 1], Numbers.Values(state["running_var"]));
        Assert.Equal(0, state["num_batches_tracked"].Item());
        Assert.Equal([0.0, 0], Numbers.Values(layer.Forward(Ops.Zeros([1, 2]), ForwardMode.Evaluation)));
        layer.Forward(Ops.Zeros([1, 2, 1, 2]), ForwardMode.Training);
    }

    private static double[] Channel(double[] values, long[] shape, int channel)
    {
        var area = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
        return [.. values.Where((_, i) => i / area % shape[1] == channel)];
    }
}
