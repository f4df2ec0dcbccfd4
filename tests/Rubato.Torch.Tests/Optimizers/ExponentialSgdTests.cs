using Rubato.Rewrites;
using Rubato.Torch.Lengths;
using Rubato.Torch.Snapshots;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class ExponentialSgdTests
{
    private const double Same = 1e-9;
    private static readonly ExponentialGrowth AnySchedule = new() { Limit = 1.5 };
    private static readonly ExponentialGrowth Steps = new() { IsPhased = true, Limit = 1.5 };

    public static TheoryData<string> Networks { get; } = ["mlp(12, 8, norm batch)", "convnet(4, 8)", "cifar10-quick(norm batch)", "resnet-20", "wrn-10-1"];

    // Rises from 0 and falls to 0, with a momentum and a weight decay that move, too: half of the weights decay.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Step_AnySchedule_FunctionOfSgdInTrainingAndEvaluation(string network)
    {
        using var pair = new GrowthPair(network, AnySchedule);
        HyperParameters[] plan = [.. Enumerable.Range(0, 41).Select(t => new HyperParameters(1e-3 * Math.Min(t, 40 - t), 1, 0.9 - (0.01 * t), 0.2 + (0.01 * t)))];

        Assert.InRange(pair.Updates(plan), 0, Same);
        Assert.InRange(pair.Difference(), 0, Same);
        Assert.InRange(pair.Exponential.Groups.Count(group => group.IsScaleInvariant), 1, 1);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Step_StepDecay_FunctionOfSgdWithCorrections(string network)
    {
        HyperParameters[] plan = [.. Enumerable.Range(0, 40).Select(t => new HyperParameters(t < 20 ? 0.01 : 0.002, 1, 0.9, 0.2))];
        using var pair = new GrowthPair(network, Steps);
        Assert.InRange(pair.Updates(plan), 0, Same);
        Assert.InRange(pair.Difference(), 0, Same);

        using var uncorrected = new GrowthPair(network, Steps with { IsCorrected = false });
        _ = uncorrected.Updates(plan);
        Assert.InRange(uncorrected.Difference(), 1e-5, 100);
    }

    // Weights of the stream are one group; the biases before normalizations another, that does not decay.
    [Fact]
    public void Step_GroupsWithSchedulesOfTheirOwn_FunctionOfSgd()
    {
        using var pair = new GrowthPair("mlp(12, 8, norm batch)", AnySchedule, ["*.bias", "1.weight"]);
        var plan = Enumerable.Range(0, 40).Select(t => new HyperParameters(0.02, 1, 0.9, 0.1));

        Assert.InRange(pair.Updates(plan, made => [made with { WeightDecay = 0, LearningRate = 0.05 }, made with { WeightDecay = 0.2, Momentum = 0.5 }]), 0, Same);
        Assert.InRange(pair.Difference(), 0, Same);
        Assert.Equal(2, pair.Exponential.Groups.Count(group => group.IsScaleInvariant));
    }

    // Ten times beyond the rate that can grow steadily, and in between far below it: growth begins anew again and again.
    [Theory]
    [InlineData("mlp(12, 8, norm batch)")]
    [InlineData("wrn-10-1")]
    public void Step_RateThatNoGrowthCanStandFor_GrowsAnew(string network)
    {
        using var pair = new GrowthPair(network, new ExponentialGrowth());
        HyperParameters[] plan = [.. Enumerable.Range(0, 60).Select(t => new HyperParameters(t % 20 < 10 ? 0.02 : 0.001, 1, 0.9, 1))];
        Assert.Throws<InvalidInputException>(() => plan.Aggregate(default(GrowthState), (state, made) => new ExponentialGrowth().Next(made, state).After));
        Assert.InRange(pair.Updates(plan), 0, Same);
        Assert.InRange(pair.Difference(), 0, Same);
    }

    [Fact]
    public void LogRate_GroupsWithRatesOfTheirOwn_ThatOfThePlanItself()
    {
        using var pair = new GrowthPair("mlp(12, 8, norm batch)", AnySchedule, ["1.weight"]);
        _ = pair.Updates([new HyperParameters(0.1, 1, 0, 0)], made => [made with { LearningRate = 0.001 }]);
        Assert.Equal(Math.Log(0.1), pair.Exponential.LogRate, 1e-12);
    }

    // 0.8 of the weights remain after each update: e^89 times as long in 400, and the rate beyond 32 bits twice over.
    [Fact]
    public void Step_FarBeyondTheRange_KeptInRange()
    {
        using var pair = new GrowthPair("convnet(4, 8)", new ExponentialGrowth());
        for (var t = 0; t < 400; t++)
        {
            Assert.True(double.IsFinite(pair.Grow(new HyperParameters(0.01, 1, 0, 20))));
            Assert.InRange(Scale(pair.Growing), 0.5, ExponentialGrowth.UsualLimit);
        }

        Assert.Equal(Math.Log(0.01) - (799 * Math.Log(0.8)), pair.Exponential.LogRate, 1e-9);
        Assert.All(Weights(pair.Growing).SelectMany(values => values), value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReturnToWeightDecay_Midway_StateOfSgdAndTheSameFromThere(bool phased)
    {
        using var pair = new GrowthPair("mlp(12, 8, norm batch)", phased ? Steps : AnySchedule);
        var plan = Enumerable.Repeat(new HyperParameters(0.02, 1, 0.9, 0.1), 30).ToList();
        _ = pair.Updates(plan);
        Assert.NotEqual(1, Scale(pair.Growing));
        var outputs = pair.Outputs(pair.Growing);

        pair.Exponential.ReturnToWeightDecay();

        Assert.Equal(1, Scale(pair.Growing));
        Numbers.Close(outputs, pair.Outputs(pair.Growing), 0, Same);
        foreach (var (expected, actual) in Weights(pair.Decaying).Zip(Weights(pair.Growing)))
        {
            Numbers.Close(expected, actual, 0, Same);
        }

        Assert.InRange(pair.Updates(plan), 0, Same);
        Assert.InRange(pair.Difference(), 0, Same);
    }

    [Fact]
    public void Restore_AfterMoreUpdates_TheyRepeatBitForBit()
    {
        using var pair = new GrowthPair("convnet(4, 8)", AnySchedule);
        var made = new HyperParameters(0.02, 1, 0.9, 0.1);
        for (var t = 0; t < 5; t++)
        {
            _ = pair.Grow(made);
        }

        using var snapshot = Snapshot.Take(pair.Growing, pair.Exponential);
        var (scale, outputs) = (Scale(pair.Growing), pair.Outputs(pair.Growing));
        for (var t = 0; t < 20; t++)
        {
            _ = pair.Grow(made);
        }

        Assert.NotEqual(scale, Scale(pair.Growing));
        snapshot.Restore();
        Assert.Equal(scale, Scale(pair.Growing));
        Assert.Equal(outputs, pair.Outputs(pair.Growing));
    }

    [Fact]
    public void Constructor_StreamInTwoGroups_Refused() => Assert.Equal(
        "'conv1.weight' and 'block1.layer.0.conv2.weight' are added up before they are normalized, so that only their common length has no effect, but they are in parameter groups of different schedules; put them into one group.",
        Assert.Throws<InvalidInputException>(() => new GrowthPair("wrn-10-1", AnySchedule, ["block1.*"])).Message);

    [Fact]
    public void Constructor_NoNormalization_Refused() => Assert.Equal(
        "the network has no weights before a normalization, which alone can grow; choose one with normalization.",
        Assert.Throws<InvalidInputException>(() => new GrowthPair("mlp(12)", AnySchedule)).Message);

    private static double Scale(Module<Tensor, Tensor> network) => ScaleInvariance.Of(network).Parts[0].Normalizations[0].InputScale;

    private static List<double[]> Weights(Module<Tensor, Tensor> network) => [.. network.state_dict().Values.Select(Numbers.Values)];
}
