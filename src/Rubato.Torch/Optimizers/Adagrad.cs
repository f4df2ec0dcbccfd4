using Rubato.Plans;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Adagrad (Duchi, Hazan, Singer 2011), as in PyTorch: <c>g = gradient + decay w; s += g^2; w -= rate g / (sqrt(s) + eps)</c>.
/// The plan's momentum is not used.
/// </summary>
public sealed class Adagrad : Optimizer
{
    private readonly double _epsilon;
    private readonly TensorList[] _sum;
    private readonly TensorList[] _root;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    public Adagrad(IReadOnlyList<ParameterGroup> groups, double epsilon = 1e-10)
        : base(groups)
    {
        _epsilon = epsilon;
        (_sum, _root) = (StateOfZeros(), RoomForEach());
    }

    internal static OptimizerKind Kind { get; } = new(
        "adagrad",
        "Adagrad; option eps",
        UsualRate: 0.01,
        UsualMomentum: null,
        UsualWeightDecay: 0,
        options =>
        {
            var epsilon = options.TakeNumber("eps", 1e-10, value => value > 0, "above 0");
            options.Finish();
            return groups => new Adagrad(groups, epsilon);
        });

    /// <inheritdoc/>
    protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        AddDecay(parameters, gradients, hyperParameters.WeightDecay);
        var (sum, root) = (_sum[group], _root[group]);
        Foreach.AddProduct(sum, gradients, gradients, 1);
        Foreach.SquareRoot(root, sum);
        Foreach.Add(root, _epsilon);
        Foreach.AddQuotient(parameters, gradients, root, -hyperParameters.LearningRate);
        root.Clear();
    }
}
