using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class GradientProbeTests
{
    private const int Passes = 5;

    [Theory]
    [InlineData("mlp(100, 30, norm batch)", MemoryFormat.Contiguous)]
    [InlineData("convnet(4, 8)", MemoryFormat.Contiguous)]
    [InlineData("convnet(4, 8)", MemoryFormat.ChannelsLast)]
    public void SquaredNormAdded_EachPassOfANetwork_IsThatOfItsOwnGradient(string text, MemoryFormat format)
    {
        using var subject = new Subject(text, ScalarType.Float64, format);
        double[] expected = [.. Enumerable.Range(0, Passes).Select(pass => subject.Alone(pass).Sum(values => values.Sum(value => value * value)))];
        using var probe = new GradientProbe(subject.Groups);
        for (var update = 0; update < 3; update++)
        {
            probe.Begin();
            Numbers.Close(expected, [.. Enumerable.Range(0, Passes).Select(pass => subject.Backward(pass, probe))], 1e-12, 0);
            subject.Clear();
        }
    }

    [Fact]
    public void SquaredNormAdded_AddedUp_SameGradientsToTheBit()
    {
        using var subject = new Subject("convnet(4, 8)", ScalarType.Float32);
        using var probe = new GradientProbe(subject.Groups);
        double[][][] sums = new double[2][][];
        for (var measured = 0; measured < 2; measured++)
        {
            probe.Begin();
            for (var pass = 0; pass < Passes; pass++)
            {
                subject.Backward(pass, measured == 1 ? probe : null);
            }

            sums[measured] = subject.Gradients();
            subject.Clear();
        }

        Assert.Equal(sums[0], sums[1]);
    }

    [Fact]
    public void SquaredNormAdded_OfTwoGroups_ByHand()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Numbers.Of([1, 2], 2), Numbers.Of([3], 1));
        (first.requires_grad, second.requires_grad) = (true, true);
        using var one = new ParameterGroup([first]);
        using var two = new ParameterGroup([second]);
        using var probe = new GradientProbe([one, two]);
        for (var update = 0; update < 2; update++)
        {
            probe.Begin();
            Add(3, 4);
            Assert.Equal(9 + 9 + 16, probe.SquaredNormAdded(isLast: false), 1e-12);
            Add(-1, 2);
            Assert.Equal(1 + 1 + 4, probe.SquaredNormAdded(isLast: false), 1e-12);
            Add(0, 5);
            Assert.Equal(25, probe.SquaredNormAdded(isLast: true), 1e-12);
            one.Weights.ClearGradients();
            two.Weights.ClearGradients();
        }

        void Add(double a, double b) => ((first.sum() * a) + (second.sum() * b)).backward();
    }

    [Fact]
    public void SquaredNormAdded_BrokenGradient_IsNotFinite()
    {
        using var scope = NewDisposeScope();
        var leaf = Numbers.Random32(1, 10);
        leaf.requires_grad = true;
        using var group = new ParameterGroup([leaf]);
        using var probe = new GradientProbe([group]);
        (leaf * double.NaN).sum().backward();
        Assert.Equal(double.NaN, probe.SquaredNormAdded(isLast: true));
        group.Weights.ClearGradients();
        probe.Begin();
        leaf.sum().backward();
        Assert.Equal(10, probe.SquaredNormAdded(isLast: true), 1e-6);
    }

    [Fact]
    public void SquaredNormAdded_NoBackwardPass_IsRefused()
    {
        using var subject = new Subject("mlp(8)", ScalarType.Float32);
        using var probe = new GradientProbe(subject.Groups);
        Assert.Throws<InvalidOperationException>(() => probe.SquaredNormAdded(isLast: false));
    }

    [Fact]
    public void SquaredNormAdded_UpdateAfterUpdate_AllocatesTheGradientsHandlesOnly()
    {
        using var subject = new Subject("mlp(8)", ScalarType.Float32);
        using var probe = new GradientProbe(subject.Groups);
        var allocated = 0L;
        for (var update = 0; update < 42; update++)
        {
            probe.Begin();
            for (var pass = 0; pass < 2; pass++)
            {
                subject.Backward(pass, null);
                var before = GC.GetAllocatedBytesForCurrentThread();
                probe.SquaredNormAdded(isLast: pass == 1);
                allocated += update < 2 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            }

            subject.Clear();
        }

        // Four parameters, of each of which TorchSharp makes an object at each call.
        Assert.InRange(allocated / 80 / 4, 0, 200);
    }

    private sealed class Subject : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _network;
        private readonly Tensor[] _leaves;
        private readonly ScalarType _type;

        public Subject(string text, ScalarType type, MemoryFormat format = MemoryFormat.Contiguous)
        {
            Engine.Seed(5);
            _network = NetworkCatalog.Parse(text).Build(new InputShape(1, 8, 8, 10));
            _network.ConvertTo(type);
            _network.MoveTo(CPU, format);
            _type = type;
            Groups = ParameterGroup.Of(_network);
            _leaves = [.. _network.parameters()];
        }

        public IReadOnlyList<ParameterGroup> Groups { get; }

        public double Backward(int pass, GradientProbe? probe)
        {
            using var scope = NewDisposeScope();
            const int Size = 6;
            var input = Numbers.Random(pass, Size, 1, 8, 8).to(_type);
            var labels = tensor(Enumerable.Range(0, Size).Select(i => (long)((i * 7) + pass) % 10).ToArray());
            (Losses.CrossEntropy(_network.call(input), labels) / Passes).backward();
            return probe?.SquaredNormAdded(isLast: pass == Passes - 1) ?? 0;
        }

        public double[][] Gradients() => Numbers.Gradients(_leaves);

        public double[][] Alone(int pass)
        {
            Backward(pass, null);
            var gradients = Gradients();
            Clear();
            return gradients;
        }

        public void Clear()
        {
            foreach (var group in Groups)
            {
                group.Weights.ClearGradients();
            }
        }

        public void Dispose()
        {
            foreach (var group in Groups)
            {
                group.Dispose();
            }

            _network.Dispose();
        }
    }
}
