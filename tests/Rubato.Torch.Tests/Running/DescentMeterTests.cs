using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed class DescentMeterTests
{
    [Theory]
    [InlineData("mlp(100, 30, norm batch)", MemoryFormat.Contiguous, ScalarType.Float64, 1e-10)]
    [InlineData("convnet(4, 8)", MemoryFormat.ChannelsLast, ScalarType.Float64, 1e-10)]
    [InlineData("mlp(100, 30, norm batch)", MemoryFormat.Contiguous, ScalarType.Float32, 1e-3)]
    [InlineData("convnet(4, 8)", MemoryFormat.ChannelsLast, ScalarType.Float32, 1e-3)]
    public void End_SgdWithoutMomentumAndDecay_TheSquaredNorm(string text, MemoryFormat format, ScalarType type, double tolerance)
    {
        using var subject = new Subject(text, type, groups => new Sgd(groups, nesterov: false), format);
        for (var update = 0; update < 3; update++)
        {
            var (descent, gradient) = subject.Update(new HyperParameters(0.3, 1, 0, 0));
            var squares = gradient.Sum(value => value * value);
            Assert.Equal(squares, descent, tolerance * squares);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void End_FirstUpdateOfAdam_TheSumOfMagnitudes(bool isTorchSharps)
    {
        using var subject = new Subject("mlp(100, 30)", ScalarType.Float64, groups => isTorchSharps
            ? new TorchSharpOptimizer(groups, parameters => optim.Adam(parameters, 0.01))
            : new Adam(groups, decoupled: false));
        var (descent, gradient) = subject.Update(new HyperParameters(0.01, 1, 0.9, 0));

        // Its eps, 1e-8, takes off that share of a gradient of 1, and so at most that much of each.
        var magnitudes = gradient.Sum(Math.Abs);
        Assert.InRange(descent, magnitudes - (1e-8 * gradient.Length), magnitudes + (1e-9 * magnitudes));
    }

    [Fact]
    public void End_Momentum_TheDirectionAlongTheGradient()
    {
        using var subject = new Subject("mlp(30)", ScalarType.Float64, groups => new Sgd(groups, nesterov: false));
        var (_, first) = subject.Update(new HyperParameters(0.3, 1, 0.9, 0));
        var (descent, second) = subject.Update(new HyperParameters(0.2, 1, 0.9, 0));
        var expected = second.Zip(first, (now, before) => now * (now + (0.9 * before))).Sum();
        Assert.Equal(expected, descent, 1e-10 * Math.Abs(expected));
    }

    [Fact]
    public void End_WeightDecay_IsInTheDirection()
    {
        using var subject = new Subject("mlp(30)", ScalarType.Float64, groups => new Sgd(groups, nesterov: false));
        var weights = subject.Weights();
        var (descent, gradient) = subject.Update(new HyperParameters(0.3, 1, 0, 0.5));
        var expected = gradient.Zip(weights, (slope, weight) => slope * (slope + (0.5 * weight))).Sum();
        Assert.Equal(expected, descent, 1e-10 * Math.Abs(expected));
    }

    // Gradients (3, 4) and (2): 9 + 16 at the base rate, and 4 at twice the rate of a group whose own is thrice that.
    [Fact]
    public void End_TwoGroups_TheBaseRateCounts()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Numbers.Of([1, 2], 2), Numbers.Of([3], 1));
        (first.requires_grad, second.requires_grad) = (true, true);
        using var optimizer = new Sgd([new ParameterGroup([first]), new ParameterGroup([second], rateMultiplier: 2, planGroup: 0)], nesterov: false);
        using var meter = new DescentMeter(optimizer.Groups);
        for (var update = 0; update < 2; update++)
        {
            ((first * Numbers.Of([3, 4], 2)).sum() + (second * 2).sum()).backward();
            optimizer.TakeGradients();
            meter.Begin();
            optimizer.Step(new HyperParameters(0.5, 1, 0, 0), [new HyperParameters(1.5, 1, 0, 0)]);
            Assert.Equal(9 + 16 + (4 * 2 * 3), meter.End(0.5), 1e-12);
        }
    }

    // A leaf with gaps in its memory takes the way of a device.
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void End_NotInOnePieceOfMemory_TheSame(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        var gaps = Numbers.Random(1, 6, 4).to(type)[TensorIndex.Colon, TensorIndex.Slice(0, 2)].detach();
        var slopes = Numbers.Random(2, 6, 2).to(type);
        gaps.requires_grad = true;
        using var optimizer = new Sgd([new ParameterGroup([gaps])], nesterov: false);
        Assert.False(optimizer.Groups[0].Weights.IsInMemory());
        using var meter = new DescentMeter(optimizer.Groups);
        (gaps * slopes).sum().backward();
        optimizer.TakeGradients();
        meter.Begin();
        optimizer.Step(new HyperParameters(0.5, 1, 0, 0));
        var expected = Numbers.Values(slopes).Sum(value => value * value);
        Assert.Equal(expected, meter.End(0.5), tolerance * expected);
    }

    [Fact]
    public void End_UpdateAfterUpdate_AllocatesNothing()
    {
        using var subject = new Subject("mlp(8)", ScalarType.Float32, groups => new Sgd(groups, nesterov: false));
        var fewest = long.MaxValue;
        for (var update = 0; update < 20; update++)
        {
            subject.Backward();
            var before = GC.GetAllocatedBytesForCurrentThread();
            subject.Meter.Begin();
            var begun = GC.GetAllocatedBytesForCurrentThread() - before;
            subject.Optimizer.Step(new HyperParameters(0.1, 1, 0, 0));
            before = GC.GetAllocatedBytesForCurrentThread();
            subject.Meter.End(0.1);
            fewest = Math.Min(fewest, begun + GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Nothing for each of the four parameters: only the guards against building a graph, one a call.
        Assert.InRange(fewest, 0, 200);
    }

    private sealed class Subject : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _network;
        private readonly MemoryFormat _format;
        private readonly ScalarType _type;
        private int _updates;

        public Subject(string text, ScalarType type, Func<IReadOnlyList<ParameterGroup>, Optimizer> create, MemoryFormat format = MemoryFormat.Contiguous)
        {
            Engine.Seed(5);
            _network = NetworkCatalog.Parse(text).Build(new InputShape(1, 8, 8, 10));
            _network.ConvertTo(type);
            _network.MoveTo(CPU, format);
            (_type, _format) = (type, format);
            Optimizer = create(ParameterGroup.Of(_network));
            Meter = new DescentMeter(Optimizer.Groups);
        }

        public Optimizer Optimizer { get; }

        public DescentMeter Meter { get; }

        /// <summary>One update; with its gradient.</summary>
        public (double Descent, double[] Gradient) Update(HyperParameters values)
        {
            Backward();
            double[] gradient = [.. Optimizer.Groups.SelectMany(group => group.Parameters).SelectMany(leaf => Numbers.Values(leaf.grad!))];
            Meter.Begin();
            Optimizer.Step(values);
            return (Meter.End(values.LearningRate), gradient);
        }

        public double[] Weights() => [.. Optimizer.Groups.SelectMany(group => group.Parameters).SelectMany(Numbers.Values)];

        public void Backward()
        {
            using var scope = NewDisposeScope();
            using var input = MemoryOrder.Arrange(Numbers.Random(_updates++, 12, 1, 8, 8).to(_type), _format);
            var output = _network.forward(input);
            (output * output).mean().backward();
            Optimizer.TakeGradients();
        }

        public void Dispose()
        {
            Meter.Dispose();
            Optimizer.Dispose();
            _network.Dispose();
        }
    }
}
