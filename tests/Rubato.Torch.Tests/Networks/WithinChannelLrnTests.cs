using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class WithinChannelLrnTests
{
    [Theory]
    [InlineData(3, 1.0, 0.75)]
    [InlineData(5, 0.5, 0.5)]
    public void Forward_RandomInput_AgreesWithLoops(int size, double alpha, double beta)
    {
        using var scope = TensorScope.Begin();
        long[] shape = [2, 2, 6, 5];
        var input = Numbers.Draw(1, 120);
        var expected = new double[120];
        for (var i = 0; i < expected.Length; i++)
        {
            var (n, c, y, x) = (i / 60, i / 30 % 2, i / 5 % 6, i % 5);
            var squares = 0.0;
            for (var dy = -size / 2; dy <= size / 2; dy++)
            {
                for (var dx = -size / 2; dx <= size / 2; dx++)
                {
                    squares += Math.Pow(Images.At(input, shape, n, c, y + dy, x + dx), 2);
                }
            }

            expected[i] = input[i] * Math.Pow(1 + (alpha * squares / (size * size)), -beta);
        }

        var output = new WithinChannelLrn(size, alpha, beta).Forward(Numbers.Random(1, shape), ForwardMode.Training);
        Numbers.Close(expected, output.ToArray<double>(), 1e-13, 1e-15);
    }

    [Fact]
    public void Forward_Golden_AgreesWithTorchAndCaffe()
    {
        foreach (var data in Golden.Cases("networks/lrn-within-channel.json"))
        {
            PoolingTests.Check(new WithinChannelLrn((long)data.Number("local_size"), data.Number("alpha"), data.Number("beta")), data);
        }
    }

    [Fact]
    public void Forward_Gradients_AgreeWithDifferences() =>
        Numbers.CheckGradients(x => new WithinChannelLrn(3, 0.8, 0.75).Forward(x[0], ForwardMode.Training), Numbers.Random(1, 1, 2, 4, 3));
}
