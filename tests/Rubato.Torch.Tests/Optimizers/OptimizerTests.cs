using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed partial class OptimizerTests
{
    public static TheoryData<string> Names => [.. OptimizerCatalog.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_HundredStepsOfChangingHyperParameters_AgreesWithTheTwin(string name)
    {
        using var scope = NewDisposeScope();
        // A quadratic 1/2 sum a (w - c)^2 over two groups: 6 numbers as they are, 3 with twice the rate and half the decay.
        double[] w = Numbers.Draw(1, 9);
        double[] a = [.. Numbers.Draw(2, 9).Select(number => 1.2 + number)];
        double[] c = Numbers.Draw(3, 9);
        var first = Leaf(w[..6]);
        var second = Leaf(w[6..]);
        using var optimizer = OptimizerCatalog.Parse(name).Create([new ParameterGroup([first]), new ParameterGroup([second], 2, 0.5)]);
        Twin[] twins = [.. w.Select(_ => Twin.Of(name))];
        var random = new CounterRandom(5, 0, 0);
        for (var step = 0; step < 100; step++)
        {
            // Now and then without momentum or decay, which take other paths.
            var momentum = step % 10 == 3 ? 0 : random.NextDouble(0.5, 0.95);
            var decay = step % 10 == 7 ? 0 : random.NextDouble(0, 0.1);
            var settings = new HyperParameters(random.NextDouble(0.001, 0.02), 1, momentum, decay);
            using (NewDisposeScope())
            {
                Loss(first, a[..6], c[..6]).backward();
                Loss(second, a[6..], c[6..]).backward();
            }

            optimizer.TakeGradients();
            optimizer.Step(settings);
            for (var i = 0; i < w.Length; i++)
            {
                var (rate, ownDecay) = i < 6 ? (settings.LearningRate, decay) : (2 * settings.LearningRate, decay / 2);
                w[i] = twins[i].Step(w[i], a[i] * (w[i] - c[i]), rate, momentum, ownDecay);
            }

            Numbers.Close(w, [.. Numbers.Values(first), .. Numbers.Values(second)], 1e-10, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_WithoutMomentumFromTheStart_AgreesWithTheTwin(string name)
    {
        using var scope = NewDisposeScope();
        var w = 0.5;
        var leaf = Leaf([w]);
        using var optimizer = OptimizerCatalog.Parse(name).Create([new ParameterGroup([leaf])]);
        var twin = Twin.Of(name);
        for (var step = 0; step < 10; step++)
        {
            Loss(leaf, [1], [2]).backward();
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(0.01, 1, 0, 0));
            w = twin.Step(w, w - 2, 0.01, 0, 0);
            Numbers.Close([w], Numbers.Values(leaf), 1e-10, 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_ValuesForEachGroupOfThePlan_AgreesWithTheTwin(string name)
    {
        using var scope = NewDisposeScope();
        // One number of no group, one of group 0 with multipliers, and one of group 1.
        double[] w = [1, -0.5, 2];
        Tensor[] leaves = [.. w.Select(value => Leaf([value]))];
        using var optimizer = OptimizerCatalog.Parse(name).Create(
            [new ParameterGroup([leaves[0]]), new ParameterGroup([leaves[1]], 2, 0.5, planGroup: 0), new ParameterGroup([leaves[2]], planGroup: 1)]);
        Twin[] twins = [.. w.Select(_ => Twin.Of(name))];
        for (var step = 0; step < 30; step++)
        {
            var own = new HyperParameters(0.01, 1, 0.9, 0.05);
            HyperParameters[] groups = [new(0.02, 1, step < 10 ? 0.5 : 0.7, 0.1), new(0.005 / (1 + step), 1, step % 3 == 0 ? 0 : 0.95, 0)];
            using (NewDisposeScope())
            {
                foreach (var leaf in leaves)
                {
                    Loss(leaf, [1], [3]).backward();
                }
            }

            optimizer.TakeGradients();
            optimizer.Step(own, groups);
            w[0] = twins[0].Step(w[0], w[0] - 3, own.LearningRate, own.Momentum, own.WeightDecay);
            w[1] = twins[1].Step(w[1], w[1] - 3, 2 * groups[0].LearningRate, groups[0].Momentum, groups[0].WeightDecay / 2);
            w[2] = twins[2].Step(w[2], w[2] - 3, groups[1].LearningRate, groups[1].Momentum, groups[1].WeightDecay);
            Numbers.Close(w, [.. leaves.SelectMany(leaf => Numbers.Values(leaf))], 1e-10, 1e-12);
        }
    }

    [Fact]
    public void Step_TooFewValuesForTheGroups_IsRefusedAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        using var optimizer = new Sgd([new ParameterGroup([leaf], planGroup: 2)], nesterov: false);
        Assert.Equal(3, optimizer.PlanGroupCount);
        leaf.sum().backward();
        optimizer.TakeGradients();
        var values = new HyperParameters(1, 1, 0, 0);
        Assert.StartsWith(
            "Parameters follow 3 groups of the plan, but there are values for 2.",
            Assert.Throws<ArgumentException>(() => optimizer.Step(values, [values, values])).Message,
            StringComparison.Ordinal);
        Assert.Equal([1.0], Numbers.Values(leaf));
        optimizer.Step(values);
        Assert.Equal([0.0], Numbers.Values(leaf));
    }

    [Fact]
    public void Step_GroupsOfThePlan_AllocatesNoMore()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        using var optimizer = new Sgd([new ParameterGroup([leaf], planGroup: 0)], nesterov: false);
        var values = new HyperParameters[] { new(0.1, 1, 0, 0) };
        var (one, two) = (0L, 0L);
        for (var turn = 0; turn < 200; turn++)
        {
            one += Allocated(() => optimizer.Step(values[0]));
            two += Allocated(() => optimizer.Step(values[0], values));
        }

        // The runtime itself may allocate once; an array a step would be 200 times 40 bytes.
        Assert.InRange(two - one, -4000, 4000);

        long Allocated(Action step)
        {
            leaf.sum().backward();
            optimizer.TakeGradients();
            var before = GC.GetAllocatedBytesForCurrentThread();
            step();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void GradientNorm_TwoGroups_IsTheRootOfAllSquares()
    {
        using var scope = NewDisposeScope();
        var first = Leaf(Numbers.Draw(1, 6));
        var second = Leaf(Numbers.Draw(2, 3));
        var third = Leaf(Numbers.Draw(3, 2));
        using var optimizer = new Sgd([new ParameterGroup([first, second]), new ParameterGroup([third], 3, 0)], nesterov: false);
        first.pow(2).sum().backward();
        second.pow(3).sum().backward();
        third.pow(2).sum().backward();
        optimizer.TakeGradients();
        var expected = Math.Sqrt(Numbers.Gradients(first, second, third).SelectMany(gradient => gradient).Sum(value => value * value));
        Numbers.Close([expected], [optimizer.GradientNorm()], 1e-14, 0);
        // It changes nothing.
        Numbers.Close([expected], [optimizer.GradientNorm()], 1e-14, 0);
        var before = Numbers.Values(first);
        optimizer.Step(new HyperParameters(0.1, 1, 0, 0));
        Numbers.Close([.. before.Select(value => value * 0.8)], Numbers.Values(first), 1e-14, 0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void GradientNorm_OfABrokenGradient_IsNotFinite(double value)
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1, 2]);
        using var optimizer = new Sgd([new ParameterGroup([leaf])], nesterov: false);
        (leaf * value).sum().backward();
        optimizer.TakeGradients();
        Assert.False(double.IsFinite(optimizer.GradientNorm()));
    }

    [Fact]
    public void TakeGradients_AfterTwoBackwardPasses_Sums()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        using var optimizer = new Sgd([new ParameterGroup([leaf])], nesterov: false);
        (leaf * 3).sum().backward();
        (leaf * 4).sum().backward();
        optimizer.TakeGradients();
        Assert.Equal(7, optimizer.GradientNorm());
        optimizer.Step(new HyperParameters(1, 1, 0, 0));
        Assert.Equal([-6.0], Numbers.Values(leaf));
        // Step has cleared them: the next pass starts from nothing.
        (leaf * 5).sum().backward();
        optimizer.TakeGradients();
        Assert.Equal(5, optimizer.GradientNorm());
    }

    [Fact]
    public void TakeGradients_WithoutBackward_SaysWhatToDo()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new Sgd([new ParameterGroup([Leaf([1])])], nesterov: false);
        Assert.Equal(
            "Parameter 0 of the group has no gradient; run backward on a loss that depends on it first.",
            Assert.Throws<InvalidOperationException>(optimizer.TakeGradients).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_WithoutTakenGradients_ThrowsAndChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        using var optimizer = OptimizerCatalog.Parse(name).Create([new ParameterGroup([leaf])]);
        Assert.Equal(
            "There are no gradients; call TakeGradients first.",
            Assert.Throws<InvalidOperationException>(() => optimizer.Step(new HyperParameters(1, 1, 0.9, 0.1))).Message);
        Assert.Throws<InvalidOperationException>(() => optimizer.GradientNorm());
        Assert.Equal([1.0], Numbers.Values(leaf));
    }

    [Fact]
    public void TakeGradients_AfterTheNetworkChangedItsType_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(2, 2);
        using var optimizer = new Sgd(ParameterGroup.Of(layer), nesterov: false);
        layer.ConvertTo(ScalarType.Float64);
        layer.call(Numbers.Of([1, 1], 1, 2)).sum().backward();
        Assert.StartsWith(
            "Parameter 0 of the group is disposed; make optimizers after",
            Assert.Throws<InvalidOperationException>(optimizer.TakeGradients).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_OfAParameterThatIsThereTwice_IsRefused(string name)
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        var thrown = Assert.Throws<ArgumentException>(() => OptimizerCatalog.Parse(name).Create([new ParameterGroup([leaf]), new ParameterGroup([Leaf([1]), leaf])]));
        Assert.StartsWith("A parameter is there twice", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_LeavesTheParameters()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf([1]);
        var optimizer = new Adam([new ParameterGroup([leaf])], decoupled: true);
        leaf.sum().backward();
        optimizer.TakeGradients();
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Equal([1.0], Numbers.Values(leaf));
    }

    private static Tensor Leaf(double[] values)
    {
        var leaf = Numbers.Of(values, values.Length);
        leaf.requires_grad = true;
        return leaf;
    }

    private static Tensor Loss(Tensor w, double[] a, double[] c) =>
        (Numbers.Of(a, a.Length) * (w - Numbers.Of(c, c.Length)).pow(2)).sum() * 0.5;
}
