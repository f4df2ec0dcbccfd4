using Rubato.Torch.Layers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Layers;

public sealed class WithinChannelLrnTests
{
    [Theory]
    [InlineData(3, 1.0, 0.75)]
    [InlineData(5, 0.5, 0.5)]
    public void Forward_RandomInput_AgreesWithLoops(int size, double alpha, double beta)
    {
        using var scope = NewDisposeScope();
        long[] shape = [2, 2, 6, 5];
        var input = Numbers.Draw(1, 120);
        var expected = new double[120];
        for (var i = 0; i < expected.Length; i++)
        {
            var (image, y, x) = (i / 30, i / 5 % 6, i % 5);
            var squares = 0.0;
            for (var row = y - (size / 2); row <= y + (size / 2); row++)
            {
                for (var column = x - (size / 2); column <= x + (size / 2); column++)
                {
                    squares += row is >= 0 and < 6 && column is >= 0 and < 5 ? Math.Pow(input[(image * 30) + (row * 5) + column], 2) : 0;
                }
            }

            expected[i] = input[i] * Math.Pow(1 + (alpha * squares / (size * size)), -beta);
        }

        using var layer = new WithinChannelLrn(size, alpha, beta);
        Numbers.Close(expected, Numbers.Values(layer.call(Numbers.Random(1, shape))), 1e-13, 1e-15);
    }

    [Fact]
    public void Forward_Golden_AgreesWithTorchAndCaffe()
    {
        foreach (var data in Golden.Cases("networks/lrn-within-channel.json"))
        {
            using var scope = NewDisposeScope();
            using var layer = new WithinChannelLrn((long)data.Number("local_size"), data.Number("alpha"), data.Number("beta"));
            var input = data.Tensor("input", "shape").requires_grad_();
            var output = layer.call(input);
            Numbers.Same(data.Numbers("output"), Numbers.Values(output));
            (output * data.Tensor("upstream", "shape")).sum().backward();
            Numbers.Same(data.Numbers("input_gradient"), Numbers.Gradients(input)[0]);
        }
    }

    [Fact]
    public void Forward_Gradients_AgreeWithDifferences()
    {
        using var scope = NewDisposeScope();
        using var layer = new WithinChannelLrn(3, 0.8, 0.75);
        Numbers.CheckGradients(x => layer.call(x[0]), Numbers.Random(1, 1, 2, 4, 3));
    }
}
