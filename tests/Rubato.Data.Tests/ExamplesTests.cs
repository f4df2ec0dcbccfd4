using Rubato.Data.Datasets.Idx;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests;

public sealed class ExamplesTests
{
    private static Dataset Small(Normalization normalization = Normalization.PerChannel, int side = 7) => IdxKind.Load(
        "small",
        [
            Bytes.File("a", Bytes.Images(20, side, side)), Bytes.File("b", Bytes.Labels(Bytes.Cycle(20, 4))),
            Bytes.File("c", Bytes.Images(8, side, side)), Bytes.File("d", Bytes.Labels(Bytes.Cycle(8, 4))),
        ],
        normalization);

    [Theory]
    [InlineData(Normalization.PerChannel, 7)]
    [InlineData(Normalization.PerChannel, 28)]
    [InlineData(Normalization.MeanImage, 7)]
    [InlineData(Normalization.MeanImage, 28)]
    public void Read_AnyBatch_AgreesWithSlowTwin(Normalization normalization, int side)
    {
        var pixels = Bytes.Images(20, side, side).AsSpan(16).ToArray();
        var train = Small(normalization, side).Train;
        var random = new CounterRandom(3, 0, 0);
        var length = side * side;
        var mean = pixels.Average(pixel => pixel / 255.0);
        var deviation = Math.Sqrt(pixels.Average(pixel => Math.Pow((pixel / 255.0) - mean, 2)));
        for (var trial = 0; trial < 50; trial++)
        {
            var indices = new int[1 + random.NextInt(9)];
            for (var i = 0; i < indices.Length; i++)
            {
                indices[i] = random.NextInt(20);
            }

            var batch = new float[indices.Length * length];
            train.Read(indices, batch);
            for (var i = 0; i < batch.Length; i++)
            {
                var at = i % length;
                var raw = pixels[(indices[i / length] * length) + at];
                var expected = normalization == Normalization.PerChannel
                    ? ((raw / 255.0) - mean) / deviation
                    : raw - Enumerable.Range(0, 20).Average(image => (double)pixels[(image * length) + at]);
                Assert.Equal(expected, batch[i], normalization == Normalization.PerChannel ? 1e-5 : 1e-4);
            }
        }
    }

    [Fact]
    public void Read_WholeTrainingSplit_HasMeanZeroAndDeviationOne()
    {
        var values = Check.All(Small().Train);
        Assert.Equal(0, values.Average(value => (double)value), 1e-5);
        Assert.Equal(1, values.Average(value => (double)value * value), 1e-5);
    }

    [Fact]
    public void Read_ConstantPixels_AreZeroInTrainAndUnscaledInTest()
    {
        var dataset = IdxKind.Load(
            "constant",
            [
                Bytes.File("a", Bytes.Images(2, 1, 2, 51, 51, 51, 51)), Bytes.File("b", Bytes.Labels(0, 1)),
                Bytes.File("c", Bytes.Images(1, 1, 2, 51, 102)), Bytes.File("d", Bytes.Labels(0)),
            ],
            Normalization.PerChannel);
        Assert.All(Check.All(dataset.Train), value => Assert.Equal(0, value, 1e-6));
        Assert.Equal([0f, 0.2f], Check.All(dataset.Test), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Read_Repeatedly_AllocatesNothing()
    {
        var subset = Data.Datasets.Memory.SubsetExamples.ClassBalanced(Small().Train, 10, 1);
        int[] indices = [0, 3, 9];
        var batch = new float[3 * 49];
        var labels = new long[3];
        subset.Read(indices, batch);
        subset.ReadLabels(indices, labels);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            subset.Read(indices, batch);
            subset.ReadLabels(indices, labels);
        }

        // The rest of a block of 8 KB may count; one object a call, of at least 24 bytes, would be more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void ReadLabels_GivenIndices_InTheirOrder()
    {
        var labels = new long[4];
        Small().Train.ReadLabels([5, 0, 5, 19], labels);
        Assert.Equal([1, 0, 1, 3], labels);
    }

    [Fact]
    public void Read_WrongLengthOrIndex_IsRefused()
    {
        var train = Small().Train;
        Assert.Throws<ArgumentException>(() => train.Read([0], new float[48]));
        Assert.Throws<ArgumentException>(() => train.ReadLabels([0], new long[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => train.Read([20], new float[49]));
        Assert.Throws<ArgumentOutOfRangeException>(() => train.Read([-1], new float[49]));
        Assert.Throws<ArgumentOutOfRangeException>(() => train.LabelOf(20));
    }
}
