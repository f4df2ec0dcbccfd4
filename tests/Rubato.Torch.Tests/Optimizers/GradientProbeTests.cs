using Rubato.Torch.Layers;
using Rubato.Torch.Losses;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class GradientProbeTests
{
    private const int Passes = 5;

    [Theory]
    [InlineData("mlp(100, 30, norm: batch)", MemoryFormat.Contiguous)]
    [InlineData("convnet(4, 8)", MemoryFormat.Contiguous)]
    [InlineData("convnet(4, 8)", MemoryFormat.ChannelsLast)]
    public void SquaredNormAdded_EachPassOfANetwork_IsThatOfItsOwnGradient(string text, MemoryFormat format)
    {
        using var subject = new Subject(text, format);
        double[] expected = [.. Enumerable.Range(0, Passes).Select(pass => subject.Alone(pass).Sum(values => values.Sum(value => value * value)))];
        using var probe = new GradientProbe(subject.Groups);
        for (var update = 0; update < 3; update++)
        {
            probe.Begin();
            Numbers.Close(expected, [.. Enumerable.Range(0, Passes).Select(pass => subject.Backward(pass, probe))], 1e-6, 0);
            subject.Clear();
        }
    }

    [Fact]
    public void SquaredNormAdded_AddedUp_SameGradientsToTheBit()
    {
        using var subject = new Subject("convnet(4, 8)", MemoryFormat.Contiguous);
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

    // Numbers that take the way of the operators, which is that of a device, too.
    [Fact]
    public void SquaredNormAdded_DoublePrecision_ByHand()
    {
        using var scope = TensorScope.Begin();
        var (first, second) = (Numbers.Of([1, 2], 2), Numbers.Of([3], 1));
        (first.RequiresGrad, second.RequiresGrad) = (true, true);
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
            one.Parameters.ClearGradients();
            two.Parameters.ClearGradients();
        }

        void Add(double a, double b) => Ops.Add(Ops.Multiply(Ops.Sum(first), a), Ops.Multiply(Ops.Sum(second), b)).Backward();
    }

    [Fact]
    public void SquaredNormAdded_BrokenGradient_IsNotFinite()
    {
        using var scope = TensorScope.Begin();
        var leaf = Numbers.Random32(1, 10);
        leaf.RequiresGrad = true;
        using var group = new ParameterGroup([leaf]);
        using var probe = new GradientProbe([group]);
        Ops.Sum(Ops.Multiply(leaf, double.NaN)).Backward();
        Assert.Equal(double.NaN, probe.SquaredNormAdded(isLast: true));
        group.Parameters.ClearGradients();
        probe.Begin();
        Ops.Sum(leaf).Backward();
        Assert.Equal(10, probe.SquaredNormAdded(isLast: true), 1e-6);
    }

    [Fact]
    public void SquaredNormAdded_NoBackwardPass_IsRefused()
    {
        using var subject = new Subject("mlp(8)", MemoryFormat.Contiguous);
        using var probe = new GradientProbe(subject.Groups);
        Assert.Throws<InvalidOperationException>(() => probe.SquaredNormAdded(isLast: false));
    }

    [Fact]
    public void SquaredNormAdded_UpdateAfterUpdate_AllocatesNothing()
    {
        using var subject = new Subject("mlp(8)", MemoryFormat.Contiguous);
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

        // The runtime itself may allocate once; an object a call would be 80 times 24 bytes.
        Assert.InRange(allocated, 0, 1500);
    }

    private sealed class Subject : IDisposable
    {
        private readonly Layer _network;
        private readonly Tensor[] _leaves;

        public Subject(string text, MemoryFormat format)
        {
            Engine.Seed(5);
            _network = NetworkCatalog.Parse(text).Build(new InputShape(1, 8, 8, 10));
            _network.MoveTo(Device.Cpu, format);
            Groups = ParameterGroup.Of(_network);
            _leaves = [.. _network.NamedParameters().Select(named => named.Value.Value)];
        }

        public IReadOnlyList<ParameterGroup> Groups { get; }

        public double Backward(int pass, GradientProbe? probe)
        {
            using var scope = TensorScope.Begin();
            const int Size = 6;
            var input = Numbers.Random32(pass, Size, 1, 8, 8);
            var labels = Ops.From<long>([.. Enumerable.Range(0, Size).Select(i => (long)((i * 7) + pass) % 10)], [Size]);
            Ops.Multiply(new CrossEntropy().Of(_network.Forward(input, ForwardMode.Training), labels), 1.0 / Passes).Backward();
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
                group.Parameters.ClearGradients();
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
