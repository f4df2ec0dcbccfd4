using Rubato.Torch.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class GhostBatchNormTests
{
    [Theory]
    [InlineData(6L, 3L)]
    [InlineData(2L, 3L, 2L, 4L)]
    public void Forward_TwoTrainingBatchesThenEvaluation_AgreesWithTheFormulas(params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = InFloat64();
        var state = layer.state_dict();
        double[] weight = [2, -1, 0.5];
        double[] bias = [0.1, 0.2, 0.3];
        using (no_grad())
        {
            state["weight"].copy_(Numbers.Of(weight, 3));
            state["bias"].copy_(Numbers.Of(bias, 3));
        }

        var (mean, variance) = (new double[3], new double[] { 1, 1, 1 });
        for (var batch = 0; batch < 2; batch++)
        {
            var input = Numbers.Values(Numbers.Random(batch, shape));
            var output = Numbers.Values(layer.call(Numbers.Random(batch, shape)));
            for (var c = 0; c < 3; c++)
            {
                var values = Channel(input, shape, c);
                var average = values.Average();
                var squares = values.Sum(value => (value - average) * (value - average));
                var deviation = Math.Sqrt((squares / values.Length) + 1e-5);
                Numbers.Same([.. values.Select(value => (weight[c] * (value - average) / deviation) + bias[c])], Channel(output, shape, c));
                mean[c] = (0.9 * mean[c]) + (0.1 * average);
                // The running variance is the unbiased one.
                variance[c] = (0.9 * variance[c]) + (0.1 * squares / (values.Length - 1));
            }
        }

        Numbers.Same(mean, Numbers.Values(state["running_mean"]));
        Numbers.Same(variance, Numbers.Values(state["running_var"]));
        Assert.Equal(2, state["num_batches_tracked"].item<long>());

        layer.eval();
        var last = Numbers.Values(Numbers.Random(7, shape));
        var evaluated = Numbers.Values(layer.call(Numbers.Random(7, shape)));
        for (var c = 0; c < 3; c++)
        {
            var k = c;
            Numbers.Same(
                [.. Channel(last, shape, c).Select(value => (weight[k] * (value - mean[k]) / Math.Sqrt(variance[k] + 1e-5)) + bias[k])],
                Channel(evaluated, shape, c));
        }

        Assert.Equal(2, state["num_batches_tracked"].item<long>());
        Numbers.Same(mean, Numbers.Values(state["running_mean"]));
    }

    [Fact]
    public void State_NamesShapesAndTypes_AreTorchs()
    {
        using var layer = new GhostBatchNorm(2);
        Assert.Equal(
            [
                ("weight", "2", ScalarType.Float32), ("bias", "2", ScalarType.Float32), ("running_mean", "2", ScalarType.Float32),
                ("running_var", "2", ScalarType.Float32), ("num_batches_tracked", "", ScalarType.Int64),
            ],
            layer.state_dict().Select(entry => (entry.Key, string.Join(' ', entry.Value.shape), entry.Value.dtype)));
        Assert.Equal(["weight", "bias"], layer.named_parameters().Select(named => named.name));
    }

    // What moves the statistics must be what is saved.
    [Fact]
    public void Forward_AfterAChangeOfType_MovesTheStateOfTheNewType()
    {
        using var scope = NewDisposeScope();
        using var layer = InFloat64();
        layer.call(Numbers.Random(1, 6, 3));
        var state = layer.state_dict();
        Assert.Equal(ScalarType.Float64, state["running_var"].dtype);
        Assert.Equal(ScalarType.Int64, state["num_batches_tracked"].dtype);
        Assert.DoesNotContain(1, Numbers.Values(state["running_var"]));
        Assert.Equal(1, state["num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Constructor_InsideAScope_StateOutlivesIt()
    {
        GhostBatchNorm layer;
        using (NewDisposeScope())
        {
            layer = new GhostBatchNorm(3);
        }

        Tensor[] state = [.. layer.state_dict().Values];
        Assert.All(state, tensor => Assert.False(tensor.IsInvalid));
        layer.Dispose();
        Assert.All(state, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Constructor_NoChannels_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>("channels", () => new GhostBatchNorm(0));

    [Fact]
    public void Forward_OneValueAChannelInTraining_IsRefusedAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = new GhostBatchNorm(2);
        var e = Assert.Throws<TorchException>(() => layer.call(zeros(1, 2)));
        Assert.Equal(
            "aten::batch_norm: batch normalization needs at least two values a channel in training, got one; use batches of at least 2 samples",
            e.Message);
        Assert.Equal(TorchErrorKind.Value, e.Kind);
        var state = layer.state_dict();
        Assert.Equal([1.0, 1], Numbers.Values(state["running_var"]));
        Assert.Equal(0, state["num_batches_tracked"].item<long>());
        layer.call(zeros(1, 2, 1, 2));
        layer.eval();
        Assert.Equal([0.0, 0], Numbers.Values(layer.call(zeros(1, 2))));
    }

    private static GhostBatchNorm InFloat64(int? samples = null)
    {
        var layer = new GhostBatchNorm(3) { GhostBatch = samples };
        layer.to(ScalarType.Float64);
        return layer;
    }

    private static double[] Channel(double[] values, long[] shape, int channel)
    {
        var area = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
        return [.. values.Where((_, i) => i / area % shape[1] == channel)];
    }
}
