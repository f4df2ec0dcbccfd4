using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Samples.Tests.TorchSharp;

/// <summary>Half the sum of squares of a weight and a bias, as a TorchSharp program sees it: parameters and a loss with gradients.</summary>
internal sealed class Toy
{
    public Parameter Weight { get; } = new(2, -1);

    public Parameter Bias { get; } = new(1.0);

    public double Loss => Weight.Values.Concat(Bias.Values).Sum(value => 0.5 * value * value);

    public List<long> BatchSizes { get; } = [];

    public Tensor LossOf(long batchSize)
    {
        BatchSizes.Add(batchSize);
        return new Tensor(() =>
        {
            foreach (var parameter in new[] { Weight, Bias })
            {
                for (var i = 0; i < parameter.Values.Length; i++)
                {
                    parameter.Gradient[i] += parameter.Values[i];
                }
            }
        });
    }
}
