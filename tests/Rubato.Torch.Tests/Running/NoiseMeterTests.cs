using Rubato.Cli.Catalog;
using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Data.Datasets;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tests.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class NoiseMeterTests
{
    [Theory]
    [InlineData(128, null, null, "64 64")]
    [InlineData(129, null, null, "65 64")]
    [InlineData(2, null, null, "1 1")]
    [InlineData(1, null, null, "")]
    [InlineData(128, 128, null, "64 64")]
    [InlineData(128, 50, null, "50 50 28")]
    [InlineData(129, 64, null, "64 65")]
    [InlineData(2, null, 0, "")]
    [InlineData(3, null, 0, "")]
    [InlineData(4, null, 0, "2 2")]
    [InlineData(5, null, 0, "3 2")]
    [InlineData(128, null, 64, "64 64")]
    [InlineData(192, null, 64, "128 64")]
    [InlineData(256, null, 32, "128 128")]
    [InlineData(100, null, 64, "50 50")]
    [InlineData(128, 32, 32, "32 32 32 32")]
    public void PartsOf_BatchesOfManySizes_AsTheyAreComputedOrInTwo(int samples, int? micro, int? ghost, string expected)
    {
        var parts = NoiseMeter.PartsOf(samples, micro, ghost);
        Assert.Equal(expected, parts is { } some ? string.Join(' ', Enumerable.Range(0, some.Count).Select(some.LengthOf)) : "");
    }

    [Fact]
    public void Begin_EachThirdUpdate_OnlyThose()
    {
        using var training = new Subject("mlp(8)", every: 3, micro: null, ghost: null);
        Assert.Equal([3, 6, 9], Enumerable.Range(1, 10).Where(update => training.Meter.Begin(update, 40)));
        Assert.False(training.Meter.Begin(3, 1));
    }

    [Theory]
    [InlineData("mlp(8)", null)]
    [InlineData("mlp(8)", 10)]
    [InlineData("convnet(4, 8)", 7)]
    [InlineData("convnet(4, 8)", 40)]
    public void End_OneUpdate_IsWhatTheGradientsOfThePartsSay(string network, int? micro)
    {
        using var training = new Subject(network, every: 1, micro, ghost: null);
        int[] indices = [.. Enumerable.Range(20, 40)];
        Assert.True(training.Meter.Begin(1, indices.Length));
        var parts = training.Meter.Parts;
        var (squares, inverses) = (0.0, 0.0);
        for (var i = 0; i < parts.Count; i++)
        {
            var alone = training.Norm(indices[parts[i]], 100 + parts[i].Start.Value, null);
            (squares, inverses) = (squares + (alone * alone / parts.Count), inverses + (1.0 / parts.LengthOf(i) / parts.Count));
        }

        var norm = training.Norm(indices, 100, training.Meter);
        var noise = training.Meter.End(norm, training.Meter.Measured(0))!.Value;

        var big = norm * norm;
        AssertNear((squares - big) / (inverses - (1.0 / 40)), noise.Trace);
        AssertNear(((40 * big) - (squares / inverses)) / (40 - (1 / inverses)), noise.SquaredNorm, squares);
    }

    [Fact]
    public void End_GradientNotFinite_Nothing()
    {
        using var training = new Subject("mlp(8)", every: 1, micro: null, ghost: null);
        Assert.True(training.Meter.Begin(1, 40));
        Assert.Null(training.Meter.End(double.NaN, training.Meter.Measured(0)));
        Assert.Null(training.Meter.End(double.PositiveInfinity, training.Meter.Measured(0)));
        Assert.True(training.Meter.Begin(2, 40));
        var norm = training.Norm([.. Enumerable.Range(0, 40)], 0, training.Meter);
        Assert.NotNull(training.Meter.End(norm, training.Meter.Measured(0)));
    }

    private static void AssertNear(double expected, double actual, double scale = 0) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-10 * Math.Max(Math.Abs(expected), scale), $"{actual:R} is not {expected:R}.");

    private sealed class Subject : IDisposable
    {
        private static readonly Examples Train = DatasetCatalog.Load("glyphs(train 100)", new DatasetOptions()).Train;
        private readonly Module<Tensor, Tensor> _network;
        private readonly Optimizer _optimizer;
        private readonly MicroBatches _batches;

        public Subject(string network, int every, int? micro, int? ghost)
        {
            Engine.Seed(3);
            _network = NetworkCatalog.Parse(network).Build(new InputShape(1, 28, 28, 10));
            _network.ConvertTo(ScalarType.Float64);
            _optimizer = new Sgd(ParameterGroup.Of(_network), nesterov: false);
            _batches = new MicroBatches(
                Over.Examples(_network, Train, Augmentation.Parse("crop(2)"), ScalarType.Float64), micro);
            Meter = new NoiseMeter(_optimizer.Groups, every, micro, ghost);
        }

        public NoiseMeter Meter { get; }

        public double Norm(int[] indices, long position, NoiseMeter? meter)
        {
            _batches.Backward(indices, 5, position, meter);
            _optimizer.TakeGradients();
            var norm = _optimizer.GradientNorm();
            _optimizer.DiscardGradients();
            return norm;
        }

        public void Dispose()
        {
            Meter.Dispose();
            _optimizer.Dispose();
            _network.Dispose();
        }
    }
}
