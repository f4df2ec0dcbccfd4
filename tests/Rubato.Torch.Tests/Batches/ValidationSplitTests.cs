using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Batches;

public sealed class ValidationSplitTests
{
    [Theory]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.1, 14, 1)]
    [InlineData(0.1, 15, 2)]
    [InlineData(0.25, 10, 3)]
    [InlineData(0.001, 10, 1)]
    [InlineData(0.999, 10, 9)]
    [InlineData(0.5, 1, 0)]
    public void Draw_OneClass_TheShareAndSomeOfBoth(double share, int samples, int held) =>
        Assert.Equal(held, ValidationSplit.Draw(new long[samples], share, seed: 0).Count(isHeld => isHeld));

    [Fact]
    public void Draw_AnyClasses_EachByItsShareAndTheSameSeedTheSame() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], int>((labels, seed) =>
    {
        long[] classes = [.. labels.Select(label => (long)(label % 5))];
        var held = ValidationSplit.Draw(classes, 0.3, seed);
        return held.SequenceEqual(ValidationSplit.Draw(classes, 0.3, seed))
            && classes.Index().GroupBy(sample => sample.Item).All(members =>
            {
                var (all, count) = (members.Count(), members.Count(sample => held[sample.Index]));
                return all == 1 ? count == 0 : count >= 1 && count < all && Math.Abs(count - (0.3 * all)) <= 0.7;
            });
    }));

    [Fact]
    public void Draw_AnotherSeed_OtherSamples() =>
        Assert.NotEqual(ValidationSplit.Draw(new long[100], 0.3, 0), ValidationSplit.Draw(new long[100], 0.3, 1));

    [Fact]
    public void Of_TensorsWithClasses_DisjointAndBalancedAndAllOfThem()
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = (arange(100, ScalarType.Float32).unsqueeze(1), (arange(100) >= 80).to(ScalarType.Int32));

        var (train, validation) = ValidationSplit.Of(Samples.Of(inputs, targets), 0.1, seed: 7);

        Assert.Equal((90, 10), (train.Count, validation!.Count));
        Assert.Equal(Enumerable.Range(0, 100), Numbers(train).Concat(Numbers(validation)).Order());
        Assert.Equal(2, Numbers(validation).Count(number => number >= 80));
    }

    [Fact]
    public void Of_ASliceOfASplit_KnowsItsClasses()
    {
        using var scope = NewDisposeScope();
        var samples = Samples.Of(arange(100, ScalarType.Float32).unsqueeze(1), (arange(100) >= 80).to(ScalarType.Int64)).Slice(70..);

        var (_, validation) = ValidationSplit.Of(samples, 0.2, seed: 7);

        Assert.Equal((2, 4), (Numbers(validation!).Count(number => number < 80), Numbers(validation!).Count(number => number >= 80)));
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(double.NaN, 5)]
    [InlineData(1.0, 5)]
    [InlineData(0.5, 1)]
    public void Of_NothingToHoldOut_AllSamples(double? share, int count)
    {
        var samples = Samples.Of(count, indices => indices);
        var (train, validation) = ValidationSplit.Of(samples, share, seed: 0);
        Assert.Same(samples, train);
        Assert.Null(validation);
    }

    private static int[] Numbers(ISamples<SupervisedBatch> samples) =>
        [.. samples.Read([.. Enumerable.Range(0, samples.Count)], SampleDraw.Evaluation).Inputs.data<float>().Select(number => (int)number)];
}
