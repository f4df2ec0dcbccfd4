using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) and AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2):
/// <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate / (1 - prod b1) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)</c>. Adam adds
/// <c>decay w</c> to g; AdamW first multiplies w by <c>1 - rate decay</c>.
/// </summary>
/// <remarks>
/// beta1 is the plan's momentum and may change, for each group by itself. The correction is 1 minus the product of all beta1 so far, which
/// is exact for a changing beta1, and <c>1 - b1^t</c> for a constant one.
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly bool _decoupled;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly TensorList[] _mean;
    private readonly TensorList[] _square;
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
        (_mean, _square) = (StateOfZeros(), StateOfZeros());
        (_productOfBeta1, _productOfBeta2) = (StateOfNumbers(1), StateOfNumbers(1));
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        _productOfBeta1[group] *= hyperParameters.Momentum;
        _productOfBeta2[group] *= _beta2;
        var rule = new Rule(
            _decoupled,
            hyperParameters.LearningRate,
            hyperParameters.WeightDecay,
            new Moments(hyperParameters.Momentum, _beta2, Math.Sqrt(1 - _productOfBeta2[group]), _epsilon),
            1 - _productOfBeta1[group]);
        ElementwiseUpdate.Run(rule, parameters, gradients, _mean[group], _square[group]);
    }

    private readonly record struct Rule(bool IsDecoupled, double Rate, double Decay, Moments Moments, double Correction) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            if (!IsDecoupled)
            {
                AddDecay(x.Weight, x.Gradient, Decay);
            }
            else if (Decay != 0)
            {
                x.Weight.Multiply(1 - (Rate * Decay));
            }

            Moments.Follow(x.Gradient, x.First, x.Second, x.Room);
            x.Weight.AddQuotient(x.First, x.Room, -Rate / Correction);
        }
    }
}
