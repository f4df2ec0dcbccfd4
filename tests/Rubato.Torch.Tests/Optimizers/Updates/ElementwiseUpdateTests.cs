using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers.Updates;

/// <summary>
/// Each optimizer's update goes over memory where tensors lie on the CPU without gaps, and elsewhere by libtorch's operators. Tensors with gaps make
/// it go by operators here, as it does on a device.
/// </summary>
public sealed class ElementwiseUpdateTests
{
    private const int Steps = 100;

    private static readonly long[][] Shapes = [[5], [4, 6], [1, 9], [3, 4, 3, 2], [2, 1, 3], [3000]];

    public static TheoryData<string> Rules =>
    [
        .. OptimizerCatalog.Kinds.Select(kind => kind.Name),
        "sgd(buffer rescale)",
        "nesterov(buffer rescale)",
        "adamp(nesterov true)",
        "sgdp(nesterov true, dampening 0.3)",
        "adamp(delta 0.5, wd-ratio 0.3)",
        "lamb(bias-correction false)",
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_HundredStepsOfChangingHyperParameters_BothPathsAgree(string text)
    {
        using var scope = NewDisposeScope();
        Tensor[] dense = [.. Shapes.Select((shape, i) => Leaf(Numbers.Random(i, shape), hasGaps: false))];
        Tensor[] gappy = [.. Shapes.Select((shape, i) => Leaf(Numbers.Random(i, shape), hasGaps: true))];
        using var byMemory = Create(text, dense);
        using var byOperators = Create(text, gappy);
        AssertPath(dense, isInMemory: true);
        AssertPath(gappy, isInMemory: false);
        var random = new CounterRandom(5, 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var (own, plan) = (Draw(random, step), Draw(random, step + 3));
            foreach (var (optimizer, leaves) in new[] { (byMemory, dense), (byOperators, gappy) })
            {
                using var inner = NewDisposeScope();
                for (var i = 0; i < leaves.Length; i++)
                {
                    (leaves[i] * Numbers.Random((100 * step) + i, Shapes[i])).sum().backward();
                }

                optimizer.TakeGradients();
                optimizer.Step(own, [plan]);
            }

            for (var i = 0; i < dense.Length; i++)
            {
                Numbers.Close(Numbers.Values(dense[i]), Numbers.Values(gappy[i]), 1e-12, 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_ChannelsLast_IsThatOfContiguousMemory(string text)
    {
        using var scope = NewDisposeScope();
        var contiguous = Leaf(Numbers.Random(1, 3, 4, 3, 2), hasGaps: false);
        var last = Leaf(MemoryOrder.Arrange(Numbers.Random(1, 3, 4, 3, 2), MemoryFormat.ChannelsLast), hasGaps: false);
        using var one = OptimizerCatalog.Parse(text).Create([new ParameterGroup([contiguous])]);
        using var other = OptimizerCatalog.Parse(text).Create([new ParameterGroup([last])]);
        for (var step = 0; step < 10; step++)
        {
            foreach (var (optimizer, leaf) in new[] { (one, contiguous), (other, last) })
            {
                using var inner = NewDisposeScope();
                (leaf * Numbers.Random(100 + step, 3, 4, 3, 2)).sum().backward();
                optimizer.TakeGradients();
                optimizer.Step(new HyperParameters(0.01, 1, 0.9, 0.05));
            }
        }

        Numbers.Close(Numbers.Values(contiguous), Numbers.Values(last), 1e-12, 1e-12);
    }

    private static Optimizer Create(string text, Tensor[] leaves) =>
        OptimizerCatalog.Parse(text).Create([new ParameterGroup(leaves[..3]), new ParameterGroup(leaves[3..], 2, 0.5, planGroup: 0)]);

    private static void AssertPath(Tensor[] leaves, bool isInMemory)
    {
        using var list = new TensorList(leaves);
        Assert.All(Enumerable.Range(0, list.Count), i => Assert.Equal(isInMemory, list.IsInMemory(i)));
    }

    private static HyperParameters Draw(CounterRandom random, int step) => new(
        random.NextDouble(0.001, 0.02),
        1,
        step % 10 == 3 ? 0 : random.NextDouble(0.5, 0.95),
        step % 10 == 7 ? 0 : random.NextDouble(0, 0.1));

    private static Tensor Leaf(Tensor values, bool hasGaps)
    {
        var leaf = (hasGaps ? stack([values, values], -1).select(-1, 0) : values).detach();
        leaf.requires_grad = true;
        return leaf;
    }
}
