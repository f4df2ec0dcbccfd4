using Rubato.Plans;
using Rubato.Text;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) and AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2):
/// <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate / (1 - prod b1) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)</c>. Adam adds
/// <c>decay w</c> to g; AdamW first multiplies w by <c>1 - rate decay</c>.
/// </summary>
/// <remarks>
/// beta1 is the plan's momentum and may change, for each group by itself; the correction then is 1 minus the product of all beta1 so far,
/// which is exact for a changing one and <c>1 - b1^t</c> for a constant one.
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly bool _decoupled;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly TensorList[] _mean;
    private readonly TensorList[] _square;
    private readonly TensorList[] _root;
    private readonly double[] _productOfBeta1;
    private readonly double[] _productOfBeta2;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="decoupled">Whether weight decay is decoupled from the gradient (AdamW).</param>
    /// <param name="beta2">The second moment's coefficient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    public Adam(IReadOnlyList<ParameterGroup> groups, bool decoupled, double beta2 = 0.999, double epsilon = 1e-8)
        : base(groups)
    {
        (_decoupled, _beta2, _epsilon) = (decoupled, beta2, epsilon);
        (_mean, _square, _root) = (StateOfZeros(), StateOfZeros(), RoomForEach());
        (_productOfBeta1, _productOfBeta2) = (StateOfNumbers(1), StateOfNumbers(1));
    }

    internal static OptimizerKind Coupled { get; } = new(
        "adam", "Adam; options beta2, eps", UsualRate: 0.001, UsualMomentum: 0.9, UsualWeightDecay: 0, Build(decoupled: false));

    internal static OptimizerKind Decoupled { get; } = new(
        "adamw", "Adam with decoupled weight decay; options beta2, eps", UsualRate: 0.001, UsualMomentum: 0.9, UsualWeightDecay: 0.01, Build(decoupled: true));

    /// <inheritdoc/>
    protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var (rate, beta1, decay) = (hyperParameters.LearningRate, hyperParameters.Momentum, hyperParameters.WeightDecay);
        if (!_decoupled)
        {
            AddDecay(parameters, gradients, decay);
        }
        else if (decay != 0)
        {
            Foreach.Multiply(parameters, 1 - (rate * decay));
        }

        _productOfBeta1[group] *= beta1;
        _productOfBeta2[group] *= _beta2;
        var (mean, square, root) = (_mean[group], _square[group], _root[group]);
        Foreach.Multiply(mean, beta1);
        Foreach.Add(mean, gradients, 1 - beta1);
        Foreach.Multiply(square, _beta2);
        Foreach.AddProduct(square, gradients, gradients, 1 - _beta2);
        Foreach.SquareRoot(root, square);
        Foreach.Divide(root, Math.Sqrt(1 - _productOfBeta2[group]));
        Foreach.Add(root, _epsilon);
        Foreach.AddQuotient(parameters, mean, root, -rate / (1 - _productOfBeta1[group]));
        root.Clear();
    }

    private static Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> Build(bool decoupled) => options =>
    {
        var beta2 = options.TakeNumber("beta2", 0.999, value => value is >= 0 and < 1, "at least 0 and below 1");
        var epsilon = options.TakeNumber("eps", 1e-8, value => value > 0, "above 0");
        options.Finish();
        return groups => new Adam(groups, decoupled, beta2, epsilon);
    };
}
