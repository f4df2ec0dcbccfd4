using System.Globalization;
using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using Rubato.Torch.Parallel;
using Rubato.Torch.Tests.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed partial class SynchronizedNormTests
{
    private const int Channels = 3;

    // In float64, both by sums in another order only.
    private const double Rounding = 1e-12;

    [Theory]
    [InlineData("6", 2)]
    [InlineData("3 3", 2)]
    [InlineData("4 2", 2)]
    [InlineData("1 5 2", 2)]
    [InlineData("1 1", 2)]
    [InlineData("0 3 2", 2)]
    [InlineData("2 2 2 2", 4)]
    [InlineData("1 3", 4)]
    [InlineData("5 1 1", 4)]
    [InlineData("5 1 1", 4, MemoryFormat.ChannelsLast)]
    [InlineData("2 2", 4, MemoryFormat.ChannelsLast)]
    [InlineData("2 2", 3)]
    [InlineData("2 2", 4, MemoryFormat.Contiguous, 8)]
    public void Layer_SharesOfABatch_AreOneProcessWithAll(
        string shares, int dimensions, MemoryFormat format = MemoryFormat.Contiguous, double scale = 1)
    {
        using var scope = NewDisposeScope();
        var counts = CountsOf(shares);
        var inputs = Numbers.Random(1, ShapeOf(counts.Sum(), dimensions)) * scale;
        Agree(Train([inputs], format, scale), Together(counts, inputs, format, scale), Rounding);
    }

    [Theory]
    [InlineData("3 3", 2)]
    [InlineData("9 1 6", 4)]
    [InlineData("9 1 6", 4, MemoryFormat.ChannelsLast)]
    public void Layer_InFloat32_IsOneProcessWithAll(string shares, int dimensions, MemoryFormat format = MemoryFormat.Contiguous)
    {
        using var scope = NewDisposeScope();
        var counts = CountsOf(shares);
        var inputs = Numbers.Random32(1, ShapeOf(counts.Sum(), dimensions));
        Agree(Train([inputs], format), Together(counts, inputs, format), 1e-5);
    }

    // Every number is exact in its type: so are its deviations, and only their mean is far away.
    [Theory]
    [InlineData(ScalarType.Float32, 1024, 1e-5)]
    [InlineData(ScalarType.Float64, 1L << 30, 1e-9)]
    public void Layer_FarFromZero_IsThatOfTheDeviations(ScalarType type, double steps, double tolerance)
    {
        using var scope = NewDisposeScope();
        int[] counts = [5, 1, 4];
        var near = ((Numbers.Random(3, ShapeOf(10, 4)) * 0.05 * steps).round() / steps).to(type);
        var expected = Train([near], MemoryFormat.Contiguous);
        var actual = Together(counts, near + 1e4, MemoryFormat.Contiguous);
        // The mean is another, and has the digits of its type.
        Numbers.Close([.. expected.Mean.Select(mean => mean + 1000)], actual.Mean, 1e-6, 0);
        Agree(expected with { Mean = actual.Mean }, actual, tolerance);
    }

    [Theory]
    [InlineData(MemoryFormat.Contiguous)]
    [InlineData(MemoryFormat.ChannelsLast)]
    public void Layer_MemoryFormat_IsKept(MemoryFormat format) => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float32, peers);
        var input = MemoryOrder.Arrange(Numbers.Random32(peers.Rank, 2, Channels, 4, 5), format).requires_grad_();
        var output = layer.call(input);
        SynchronizedBackward.Run(peers, output.square().sum());
        Assert.Equal(input.stride(), output.stride());
        Assert.Equal(input.stride(), input.grad!.stride());
    });

    [Fact]
    public void Layer_EachPass_HasOneReduction() => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float64, peers);
        var output = layer.call(Numbers.Random(peers.Rank, 4, Channels));
        Assert.Equal(1, peers.Calls);
        SynchronizedBackward.Run(peers, output.sum());
        Assert.Equal(2, peers.Calls);
    });

    [Fact]
    public void Layer_InEvaluation_AsksNobody() => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float64, peers);
        layer.eval();
        SynchronizedBackward.Run(peers, layer.call(Numbers.Random(1, 1, Channels)).sum());
        Assert.Equal(0, peers.Calls);
        Assert.Equal(0, Batches(layer));
    });

    [Fact]
    public void Layer_WithoutGradients_HasOutputsAndMovesItsStatistics() => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float64, peers);
        using var frozen = New(ScalarType.Float64, peers);
        var input = Numbers.Random(peers.Rank, 4, Channels);
        var expected = layer.call(input);
        using (no_grad())
        {
            Assert.Equal(Numbers.Values(expected), Numbers.Values(layer.call(input)));
        }

        foreach (var parameter in frozen.parameters())
        {
            parameter.requires_grad = false;
        }

        var output = frozen.call(input);
        Assert.False(output.requires_grad);
        Assert.Equal(Numbers.Values(expected), Numbers.Values(output));
        Assert.Equal((2, 1), (Batches(layer), Batches(frozen)));
    });

    [Fact]
    public void Layer_OneValueOfAllProcesses_IsRefusedByAllAndChangesNothing() => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float64, peers);
        var e = Assert.Throws<TorchException>(() => layer.call(Numbers.Random(1, peers.Rank, Channels)));
        Assert.EndsWith("got one; use batches of at least 2 samples", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, Batches(layer));
        Assert.Equal([1.0, 1, 1], Numbers.Values(layer.state_dict()["running_var"]));
    });

    [Fact]
    public void Layer_WithGhostBatches_IsRefused() => ThreadPeers.Run(2, peers =>
    {
        using var layer = New(ScalarType.Float64, peers);
        layer.GhostBatch = 2;
        Assert.Throws<InvalidOperationException>(() => layer.call(Numbers.Random(1, 4, Channels)));
    });

    // One process has all samples: not a bit is another.
    [Fact]
    public void Layer_OneProcess_IsThePlainLayer() => ThreadPeers.Run(1, peers =>
    {
        using var layer = New(ScalarType.Float32, peers);
        using var plain = New(ScalarType.Float32, peers: null);
        var input = Numbers.Random32(1, 4, Channels);
        Assert.Equal(Numbers.Values(plain.call(input)), Numbers.Values(layer.call(input)));
        Assert.Equal(0, peers.Calls);
    });

    private static Outcome Together(int[] counts, Tensor inputs, MemoryFormat format, double scale = 1)
    {
        var starts = counts.Select((_, rank) => counts.Take(rank).Sum()).ToArray();
        var all = ThreadPeers.Run(counts.Length, peers =>
        {
            var (start, count) = (starts[peers.Rank], counts[peers.Rank]);
            return Train([inputs.narrow(0, start, count).clone()], format, scale, peers, start, inputs.size(0));
        });
        foreach (var other in all)
        {
            // All processes have the same bits of what they share.
            Assert.Equal(all[0].Mean, other.Mean);
            Assert.Equal(all[0].Variance, other.Variance);
            Assert.Equal(all[0].Batches, other.Batches);
        }

        return all[0] with
        {
            Outputs = [.. all.SelectMany(outcome => outcome.Outputs)],
            Inputs = [.. all.SelectMany(outcome => outcome.Inputs)],
            Weights = Added(all.Select(outcome => outcome.Weights)),
            Biases = Added(all.Select(outcome => outcome.Biases)),
        };

        static double[] Added(IEnumerable<double[]> parts) =>
            parts.Aggregate((sum, part) => [.. sum.Zip(part, (a, b) => a + b)]);
    }

    // The loss is a sum over samples with factors of their own, so that the gradients of shares add up to that of the whole.
    private static Outcome Train(
        Tensor[] batches, MemoryFormat format, double scale = 1, IPeers? peers = null, long start = 0, long? whole = null)
    {
        using var layer = New(batches[0].dtype, peers);
        layer.ScaleInput(scale);
        var input = MemoryOrder.Arrange(batches[0], format).requires_grad_();
        var shape = input.shape;
        long[] wholeShape = [whole ?? shape[0], .. shape[1..]];
        var factors = Numbers.Random(2, wholeShape).narrow(0, start, shape[0]).to(input.dtype);
        var output = layer.call(input);
        SynchronizedBackward.Run(peers ?? Alone.Instance, output.mul(factors).sum());
        var (mean, variance) = layer.Running;
        var parameters = Numbers.Gradients([.. layer.parameters()]);
        return new Outcome(
            Numbers.Values(output),
            Numbers.Gradients(input)[0],
            parameters[0],
            parameters[1],
            Numbers.Values(mean),
            Numbers.Values(variance),
            Batches(layer));
    }

    private static void Agree(Outcome expected, Outcome actual, double tolerance)
    {
        Near(expected.Outputs, actual.Outputs);
        Near(expected.Inputs, actual.Inputs);
        Near(expected.Weights, actual.Weights);
        Near(expected.Biases, actual.Biases);
        Near(expected.Mean, actual.Mean);
        Near(expected.Variance, actual.Variance);
        Assert.Equal(1, actual.Batches);

        void Near(double[] one, double[] other) => Numbers.Close(one, other, 0, tolerance * Math.Max(1, one.Max(Math.Abs)));
    }

    private static GhostBatchNorm New(ScalarType type, IPeers? peers)
    {
        var layer = new GhostBatchNorm(Channels) { Peers = peers };
        var state = layer.state_dict();
        using var noGrad = no_grad();
        state["weight"].copy_(Numbers.Of([2, -1, 0.5], Channels));
        state["bias"].copy_(Numbers.Of([0.1, 0.2, 0.3], Channels));
        layer.to(type);
        return layer;
    }

    private static long Batches(GhostBatchNorm layer) => layer.state_dict()["num_batches_tracked"].item<long>();

    private static int[] CountsOf(string shares) => [.. shares.Split(' ').Select(share => int.Parse(share, CultureInfo.InvariantCulture))];

    private static long[] ShapeOf(int samples, int dimensions) => [samples, Channels, .. new long[] { 2, 5 }[..(dimensions - 2)]];

    private sealed record Outcome(
        double[] Outputs, double[] Inputs, double[] Weights, double[] Biases, double[] Mean, double[] Variance, long Batches);
}
