using Rubato.Torch.Losses;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Losses;

public sealed class LossFunctionTests
{
    private static readonly long[] Labels = [2, 0, 1, 2];

    [Theory]
    [InlineData("cross-entropy")]
    [InlineData("mean-squared-error")]
    public void Of_Golden_AgreesWithTorch(string name)
    {
        foreach (var data in Golden.Cases($"networks/{name}.json"))
        {
            using var scope = TensorScope.Begin();
            LossFunction loss = name == "cross-entropy" ? new CrossEntropy(data.Number("label_smoothing")) : new MeanSquaredError();
            var outputs = data.Tensor("input", "input_shape");
            outputs.RequiresGrad = true;
            var labels = data.Integers("labels");
            var value = loss.Of(outputs, Ops.From<long>(labels, [labels.Length]));
            Numbers.Close([data.Number("loss")], [value.Item()], 1e-6, 0);
            value.Backward();
            Numbers.Close(data.Numbers("input_gradient"), Numbers.Gradients(outputs)[0], 1e-5, 1e-7);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void CrossEntropy_RandomOutputs_IsTheFormula(double smoothing)
    {
        using var scope = TensorScope.Begin();
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

        var loss = new CrossEntropy(smoothing).Of(Numbers.Random(1, 4, 3), Ops.From<long>(Labels, [4]));
        Numbers.Close([expected], [loss.Item()], 1e-13, 0);
        Numbers.CheckGradients(x => new CrossEntropy(smoothing).Of(x[0], Ops.From<long>(Labels, [4])), Numbers.Random(1, 4, 3));
    }

    [Fact]
    public void MeanSquaredError_RandomOutputs_IsTheMeanOverSamplesAndClasses()
    {
        using var scope = TensorScope.Begin();
        var outputs = Numbers.Draw(1, 12);
        var expected = outputs.Select((value, i) => Math.Pow(value - (i % 3 == Labels[i / 3] ? 1 : 0), 2)).Average();
        Numbers.Close([expected], [new MeanSquaredError().Of(Numbers.Random(1, 4, 3), Ops.From<long>(Labels, [4])).Item()], 1e-13, 0);
        Numbers.CheckGradients(x => new MeanSquaredError().Of(x[0], Ops.From<long>(Labels, [4])), Numbers.Random(1, 4, 3));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Of_LabelOutOfRange_IsATorchException(long label)
    {
        using var scope = TensorScope.Begin();
        var labels = Ops.From<long>([0, label], [2]);
        Assert.Throws<TorchException>(() => new MeanSquaredError().Of(Ops.Zeros([2, 3]), labels));
        var e = Assert.Throws<TorchException>(() => new CrossEntropy().Of(Ops.Zeros([2, 3]), labels));
        Assert.Equal($"aten::cross_entropy_loss: Target {label} is out of bounds.", e.Message);
        Assert.Equal(TorchErrorKind.Index, e.Kind);
    }

    [Fact]
    public void Of_OtherShapes_IsATorchException()
    {
        using var scope = TensorScope.Begin();
        Assert.Throws<TorchException>(() => new CrossEntropy().Of(Ops.Zeros([2, 3]), Ops.From<long>([0], [1])));
        Assert.Throws<TorchException>(() => new MeanSquaredError().Of(Ops.Zeros([2, 3]), Ops.From<long>([0, 1, 2], [3])));
    }

    [Fact]
    public void Equality_IsByValue()
    {
        Assert.Equal(new CrossEntropy(0.1), new CrossEntropy(0.1));
        Assert.NotEqual<LossFunction>(new CrossEntropy(), new MeanSquaredError());
    }
}
