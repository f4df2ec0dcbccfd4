using Rubato.Torch.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Batches;

public sealed class SamplesTests
{
    [Fact]
    public void Read_TensorsInMemory_RowsOfTheNumbersInTheirOrder()
    {
        using var scope = NewDisposeScope();
        var samples = Samples.Of(tensor(new float[,] { { 0, 1 }, { 2, 3 }, { 4, 5 } }), tensor(new long[] { 7, 8, 9 }));

        var (inputs, targets) = samples.Read([2, 0, 2], SampleDraw.Evaluation);

        Assert.Equal(3, samples.Count);
        Assert.Equal([4, 5, 0, 1, 4, 5], MemoryOrder.ToArray<float>(inputs));
        Assert.Equal([9, 7, 9], MemoryOrder.ToArray<long>(targets));
    }

    [Theory]
    [InlineData(ScalarType.Int32, ScalarType.Int64)]
    [InlineData(ScalarType.Byte, ScalarType.Int64)]
    [InlineData(ScalarType.Bool, ScalarType.Bool)]
    [InlineData(ScalarType.Float32, ScalarType.Float32)]
    public void Read_TargetsOfOtherIntegers_AreClassNumbersThatALossTakes(ScalarType given, ScalarType read)
    {
        using var scope = NewDisposeScope();
        var samples = Samples.Of(zeros(3, 2), tensor(new long[] { 1, 0, 1 }).to(given));

        var (inputs, targets) = samples.Read([2, 1], SampleDraw.Evaluation);

        Assert.Equal((ScalarType.Float32, read), (inputs.dtype, targets.dtype));
        Assert.Equal([1, 0], MemoryOrder.ToArray<long>(targets.to(ScalarType.Int64)));
    }

    [Fact]
    public void Read_OfAFunction_WhatItMakesOfTheNumbers()
    {
        var samples = Samples.Of(5, indices => string.Join(' ', indices));

        Assert.Equal(5, samples.Count);
        Assert.Equal("4 1", samples.Read([4, 1], new SampleDraw(1, 0)));
    }

    [Fact]
    public void Read_OfALoader_ItsBatchesOfTheNumbersThatAreAskedFor()
    {
        using var scope = NewDisposeScope();
        using var dataset = utils.data.TensorDataset(arange(10).reshape(5, 2), arange(5));
        using var loader = new DataLoader<IList<Tensor>, SupervisedBatch>(
            dataset, 2, (samples, _) => Stacked([.. samples]), shuffle: true, disposeDataset: false);

        foreach (var samples in (ISamples<SupervisedBatch>[])[Samples.Of(loader), Samples.Of(dataset, Stacked)])
        {
            var (inputs, targets) = samples.Read([4, 1], SampleDraw.Evaluation);

            Assert.Equal(5, samples.Count);
            Assert.Equal([8, 9, 2, 3], MemoryOrder.ToArray<long>(inputs));
            Assert.Equal([4, 1], MemoryOrder.ToArray<long>(targets));
        }

        static SupervisedBatch Stacked(IReadOnlyList<IList<Tensor>> samples) =>
            new(stack(samples.Select(sample => sample[0])), stack(samples.Select(sample => sample[1])));
    }

    [Fact]
    public void Select_Samples_EachBatchMadeAnew()
    {
        var samples = Samples.Of(5, indices => indices.Length).Select(count => count * 10);

        Assert.Equal((5, 30), (samples.Count, samples.Read([4, 1, 1], SampleDraw.Evaluation)));
    }

    [Fact]
    public void Slice_Range_TheSamplesOfItInTheirOrder()
    {
        var samples = Samples.Of(10, indices => string.Join(' ', indices)).Slice(2..^3);

        Assert.Equal(5, samples.Count);
        Assert.Equal("6 2 3", samples.Read([4, 0, 1], SampleDraw.Evaluation));
        Assert.Equal("3", samples.Slice(1..).Read([0], SampleDraw.Evaluation));
    }

    [Fact]
    public void Split_Share_EachSampleInOnePartAndAlikeForASeed()
    {
        var samples = Samples.Of(1_000, indices => indices);

        var (train, heldOut) = samples.Split(heldOut: 0.2, seed: 7);

        Assert.Equal((800, 200), (train.Count, heldOut.Count));
        Assert.Equal(Enumerable.Range(0, 1_000), All(train).Concat(All(heldOut)).Order());
        Assert.Equal(All(heldOut), All(samples.Split(heldOut: 0.2, seed: 7).HeldOut));
        Assert.NotEqual(All(heldOut), All(samples.Split(heldOut: 0.2, seed: 8).HeldOut));

        // 200 of 0..999 at random: their mean is 499.5, give or take 18.
        Assert.InRange(All(heldOut).Average(), 430, 570);

        static int[] All(ISamples<int[]> part) => part.Read([.. Enumerable.Range(0, part.Count)], SampleDraw.Evaluation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(0.04)]
    [InlineData(0.96)]
    public void Split_PartWithoutASample_OneSentence(double share) => Assert.StartsWith(
        "It must be above 0 and below 1, and leave each part at least one of the 10 samples; for instance 0.2.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Of(10, indices => indices).Split(share)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Slice_NoSample_OneSentence()
    {
        var samples = Samples.Of(10, indices => indices);

        Assert.StartsWith(
            "The range holds none of the 10 samples; it must hold at least one.",
            Assert.Throws<ArgumentOutOfRangeException>(() => samples.Slice(3..3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Slice(..11));
    }

    [Fact]
    public void Extremes_PartsOfTensors_PlacesOfTheSmallestAndTheLargestClass()
    {
        using var scope = NewDisposeScope();
        var samples = Samples.Of(zeros(6, 1), tensor(new long[] { 9, 1, 3, 0, 7, 8 }));

        Assert.Equal([3, 0], Extremes(samples));
        Assert.Equal([2, 4], Extremes(samples.Slice(1..)));
        Assert.Equal([0, 1], Extremes(samples.Slice(1..).Slice(..^1).Slice(2..)));
        Assert.Empty(Extremes(Samples.Of(zeros(6, 1), zeros(6))));
        Assert.Empty(Extremes(Samples.Of(zeros(6, 1), zeros(6, 2, dtype: ScalarType.Int64))));

        static int[] Extremes(ISamples<SupervisedBatch> samples) => ((ITargetExtremes)samples).Extremes(rows: null);
    }

    [Fact]
    public void Of_RowsThatDoNotMatch_OneSentence()
    {
        using var scope = NewDisposeScope();

        Assert.StartsWith(
            "There are 3 inputs, but 2 targets; give one target for each input.",
            Assert.Throws<ArgumentException>(() => Samples.Of(zeros(3, 2), zeros(2))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The tensor has the shape (); its first dimension must count at least one sample.",
            Assert.Throws<ArgumentException>(() => Samples.Of(tensor(1f), zeros(2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Samples.Of(zeros(0, 2), zeros(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Of(0, _ => 1));
    }
}
