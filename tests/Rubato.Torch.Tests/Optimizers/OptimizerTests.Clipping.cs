using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed partial class OptimizerTests
{
    /// <summary>By hand: PyTorch's clip_grad_norm_ multiplies (3, 4) by 1 / (5 + 1e-6), and ends at 0.59999988 and 0.79999984.</summary>
    [Theory]
    [InlineData(1, 0.2, 0.6, 0.8)]
    [InlineData(4, 0.8, 2.4, 3.2)]
    [InlineData(5, 1, 3, 4)]
    [InlineData(6, 1, 3, 4)]
    public void ClipNorm_ThreeAndFour_ShortenedToTheLimit(double limit, double factor, double first, double second)
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken([3], [4], out var leaves);
        Assert.Equal(factor, optimizer.ClipNorm(limit), 1e-15);
        Assert.Equal(Math.Min(limit, 5), optimizer.GradientNorm(), 1e-14);
        optimizer.Step(new HyperParameters(1, 1, 0, 0));
        Numbers.Close([-first, -second], [.. leaves.SelectMany(Numbers.Values)], 1e-14, 0);
    }

    [Theory]
    [InlineData(1, 1, -1)]
    [InlineData(3.5, 3, -3.5)]
    [InlineData(4, 3, -4)]
    public void ClipValue_Elements_Clamped(double limit, double first, double second)
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken([3], [-4], out var leaves);
        optimizer.ClipValue(limit);
        Assert.Equal(Math.Sqrt((first * first) + (second * second)), optimizer.GradientNorm(), 1e-14);
        optimizer.Step(new HyperParameters(1, 1, 0, 0));
        Assert.Equal([-first, -second], leaves.SelectMany(Numbers.Values));
    }

    // The twin: numbers in an array, in both ways over memory and in both types. Stored gradients are divided by the scale of their group.
    [Theory]
    [InlineData(ScalarType.Float64, false, 1e-13)]
    [InlineData(ScalarType.Float64, true, 1e-13)]
    [InlineData(ScalarType.Float32, false, 1e-5)]
    [InlineData(ScalarType.Float32, true, 1e-5)]
    public void Clip_RandomGradientsOfGroupsWithScales_AsTheTwin(ScalarType type, bool hasGaps, double bound)
    {
        double[] scales = [1, 4, 0.125];
        for (var draw = 0; draw < 20; draw++)
        {
            using var scope = NewDisposeScope();
            Tensor[] leaves = [.. scales.Select((_, i) => Zeros(type, hasGaps))];
            ParameterGroup[] groups = [.. leaves.Select((leaf, i) => new ParameterGroup([leaf]) { Scale = scales[i] })];
            using var optimizer = new Sgd(groups, nesterov: false);
            var gradients = scales.Select((_, i) => Numbers.Draw((10 * draw) + i, 35)).ToArray();
            foreach (var (leaf, gradient) in leaves.Zip(gradients))
            {
                (leaf * Numbers.Of(gradient, 5, 7).to(type)).sum().backward();
            }

            optimizer.TakeGradients();
            var (value, limit) = (0.1 + (0.2 * draw), 0.5 + draw);
            optimizer.ClipValue(value);
            var factor = optimizer.ClipNorm(limit);
            optimizer.Step(new HyperParameters(1, 1, 0, 0));

            var expected = gradients.Select((gradient, i) => gradient.Select(number => Math.Clamp(scales[i] * number, -value, value)).ToArray()).ToArray();
            var norm = Math.Sqrt(expected.SelectMany(gradient => gradient).Sum(number => number * number));
            Assert.Equal(norm > limit ? limit / norm : 1, factor, bound);
            for (var i = 0; i < leaves.Length; i++)
            {
                var stored = expected[i].Select(number => -number * factor / scales[i]).ToArray();
                Numbers.Close(stored, Numbers.Values(leaves[i]), bound, bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ClipNorm_EveryOptimizer_TheStepOfTheShortGradient(string name) => AssertStepOfTheShortGradient(
        leaf => OptimizerCatalog.Parse(name).Create([new ParameterGroup([leaf])]));

    [Fact]
    public void ClipNorm_OptimizersOfTorchSharp_TheStepOfTheShortGradient()
    {
        AssertStepOfTheShortGradient(leaf => new TorchSharpOptimizer([new ParameterGroup([leaf])], made => optim.SGD(made, 0.1, momentum: 0.9)));
        AssertStepOfTheShortGradient(leaf => new TorchSharpOptimizer([new ParameterGroup([leaf])], made => optim.AdamW(made, 0.1)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ClipNorm_NormThatIsNotFinite_ChangesNothing(double broken)
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken([broken], [4], out var leaves);
        Assert.Equal(1, optimizer.ClipNorm(1));
        optimizer.Step(new HyperParameters(1, 1, 0, 0));
        Assert.Equal([-broken, -4], leaves.SelectMany(Numbers.Values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Clip_LimitThatIsNone_Refused(double limit)
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken([3], [4], out _);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => optimizer.ClipNorm(limit));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => optimizer.ClipValue(limit));
        Assert.Equal(5, optimizer.GradientNorm());
    }

    [Fact]
    public void Clip_WithoutGradients_SaysWhatToDo()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new Sgd([new ParameterGroup([Leaf([1])])], nesterov: false);
        Assert.Throws<InvalidOperationException>(() => optimizer.ClipNorm(1));
        Assert.Throws<InvalidOperationException>(() => optimizer.ClipValue(1));
    }

    // Of a step with the list's own lookups, which a norm has as well; none grows with the parameters.
    [Fact]
    public void Clip_InMemory_AllocatesNoMoreThanANorm()
    {
        using var scope = NewDisposeScope();
        using var optimizer = Taken(Numbers.Draw(1, 1000), Numbers.Draw(2, 1000), out _);
        var (norms, clips) = (0L, 0L);
        for (var turn = 0; turn < 200; turn++)
        {
            norms += Allocated(() => optimizer.GradientNorm());
            clips += Allocated(() =>
            {
                optimizer.ClipValue(0.5);
                optimizer.ClipNorm(0.1, 1);
            });
        }

        // The runtime itself may allocate once; an array a clip would be 200 times 40 bytes and more.
        Assert.InRange(clips - (2 * norms), long.MinValue, 4000);

        static long Allocated(Action work)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void AssertStepOfTheShortGradient(Func<Tensor, Optimizer> create)
    {
        using var scope = NewDisposeScope();
        var (clipped, plain) = (new TorchSharp.Modules.Parameter(Numbers.Of([0.5, -2], 2)), new TorchSharp.Modules.Parameter(Numbers.Of([0.5, -2], 2)));
        using var optimizer = create(clipped);
        using var twin = create(plain);
        for (var step = 1; step < 6; step++)
        {
            (clipped * Numbers.Of([3 * step, 4 * step], 2)).sum().backward();
            (plain * Numbers.Of([0.6, 0.8], 2)).sum().backward();
            optimizer.TakeGradients();
            twin.TakeGradients();
            Assert.Equal(0.2 / step, optimizer.ClipNorm(1), 1e-14);
            optimizer.Step(new HyperParameters(0.01, 1, 0.9, 0));
            twin.Step(new HyperParameters(0.01, 1, 0.9, 0));
            Numbers.Close(Numbers.Values(plain), Numbers.Values(clipped), 1e-9, 1e-12);
        }
    }

    private static Sgd Taken(double[] first, double[] second, out Tensor[] leaves)
    {
        Tensor[] made = [Leaf(new double[first.Length]), Leaf(new double[second.Length])];
        var optimizer = new Sgd([new ParameterGroup([made[0]]), new ParameterGroup([made[1]])], nesterov: false);
        (made[0] * Numbers.Of(first, first.Length)).sum().backward();
        (made[1] * Numbers.Of(second, second.Length)).sum().backward();
        optimizer.TakeGradients();
        leaves = made;
        return optimizer;
    }

    private static Tensor Zeros(ScalarType type, bool hasGaps)
    {
        var leaf = (hasGaps ? zeros([5, 7, 2], type).select(-1, 0) : zeros([5, 7], type)).detach();
        leaf.requires_grad = true;
        return leaf;
    }
}
