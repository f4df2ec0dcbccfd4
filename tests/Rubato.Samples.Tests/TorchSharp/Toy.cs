using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Samples.Tests.TorchSharp;

/// <summary>Half the sum of squares of a weight and a bias.</summary>
internal sealed class Toy : Module
{
#pragma warning disable IDE1006, SA1307 // TorchSharp takes a parameter's name from its field.
    private readonly Parameter weight = Parameter(tensor([2.0, -1.0]));
    private readonly Parameter bias = Parameter(tensor([1.0]));
#pragma warning restore IDE1006, SA1307

    public Toy()
        : base(nameof(Toy)) => RegisterComponents();

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    public double Loss => Values.Sum(value => 0.5 * value * value);

    public double[] Values => [.. weight.data<double>(), .. bias.data<double>()];

    public List<long> BatchSizes { get; } = [];

    public Tensor LossOf(long batchSize)
    {
        BatchSizes.Add(batchSize);
        return 0.5 * (weight.square().sum() + bias.square().sum());
    }
}
