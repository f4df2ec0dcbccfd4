using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests;

public sealed class LossesTests
{
    private static readonly long[] Labels = [2, 0, 1, 2];

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void SmoothedCrossEntropy_RandomOutputs_IsTheFormula(double smoothing)
    {
        using var scope = NewDisposeScope();
        var logits = Numbers.Draw(1, 12);
        var expected = 0.0;
        for (var n = 0; n < 4; n++)
        {
            var row = logits[(3 * n)..(3 * (n + 1))];
            var logSum = Math.Log(row.Sum(Math.Exp));
            for (var c = 0; c < 3; c++)
            {
                var target = ((c == Labels[n] ? 1 : 0) * (1 - smoothing)) + (smoothing / 3);
                expected -= target * (row[c] - logSum) / 4;
            }
        }

        var loss = Losses.SmoothedCrossEntropy(smoothing);
        var value = loss(Numbers.Random(1, 4, 3), tensor(Labels)).item<double>();
        Numbers.Close([expected], [value], 1e-13, 0);
        Numbers.CheckGradients(x => loss(x[0], tensor(Labels)), Numbers.Random(1, 4, 3));
        if (smoothing == 0)
        {
            Assert.Equal(value, Losses.CrossEntropy(Numbers.Random(1, 4, 3), tensor(Labels)).item<double>());
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void SmoothedCrossEntropy_NoShare_IsRefused(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Losses.SmoothedCrossEntropy(smoothing));

    [Fact]
    public void OneHotSquaredError_RandomOutputs_IsTheMeanOverSamplesAndClasses()
    {
        using var scope = NewDisposeScope();
        var outputs = Numbers.Draw(1, 12);
        var expected = outputs.Select((value, i) => Math.Pow(value - (i % 3 == Labels[i / 3] ? 1 : 0), 2)).Average();
        Numbers.Close([expected], [Losses.OneHotSquaredError(Numbers.Random(1, 4, 3), tensor(Labels)).item<double>()], 1e-13, 0);
        Numbers.CheckGradients(x => Losses.OneHotSquaredError(x[0], tensor(Labels)), Numbers.Random(1, 4, 3));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void EachLoss_LabelOutOfRange_IsRefused(long label)
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => Losses.OneHotSquaredError(zeros(2, 3), tensor([0, label])));
        Assert.Throws<ExternalException>(() => Losses.CrossEntropy(zeros(2, 3), tensor([0, label])));
    }

    [Fact]
    public void EachLoss_OtherNumberOfLabels_IsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => Losses.CrossEntropy(zeros(2, 3), tensor([0L])));
        Assert.Throws<ExternalException>(() => Losses.OneHotSquaredError(zeros(2, 3), tensor([0L, 1, 2])));
    }

    [Fact]
    public void MeanSquaredError_TargetsOfOneShape_IsTheMeanOverAll()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(2.5, Losses.MeanSquaredError(tensor([1.0, 4.0]), tensor([2.0, 2.0])).item<double>());
        Assert.StartsWith(
            "The outputs have the shape (2, 1), but the targets (2); give targets of the shape of the outputs, ",
            Assert.Throws<ArgumentException>(() => Losses.MeanSquaredError(zeros(2, 1), zeros(2))).Message,
            StringComparison.Ordinal);
    }
}
