using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// LAMB (You et al. 2020, arXiv 1904.00962, algorithm 2): Adam's step with a length of its own for each tensor.
/// <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; r = m / (1 - prod b1) / (sqrt(v) / sqrt(1 - b2^t) + eps); s = r + decay w;
/// w -= rate |w| / |s| s</c>, so that a step is exactly <c>rate |w|</c> long; the ratio <c>|w| / |s|</c> is 1 if either norm is 0.
/// </summary>
/// <remarks>
/// <para>
/// Choices among sources that differ. The bias correction is the paper's, and can be turned off, as in Google's ALBERT. That changes the
/// weight of eps and of the decay beside m, and the first steps of tensors of one dimension. The paper's phi, bounds on <c>|w|</c> without
/// numbers, is the identity, as in Google's code. Tensors of one dimension (biases, normalization) take no decay and the ratio 1, which is
/// Adam's plain step. The norm of a bias that begins at 0 says nothing about the length of its steps.
/// </para>
/// <para>
/// beta1 is the plan's momentum and may change, as in <see cref="Adam"/>. beta2 0.999, eps 1e-6 and decay 0.01 are the paper's. Its rates
/// are for long runs with batches of 512 and more. The usual rate here, 0.01 (a step of one hundredth of the weight), is for short runs
/// with batches of hundreds; chosen, not fitted.
/// </para>
/// </remarks>
public sealed class Lamb : Optimizer
{
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly bool _biasCorrection;
    private readonly TensorList[] _mean;
    private readonly TensorList[] _square;
    private readonly TensorList[] _step;
    private readonly double[] _productOfBeta1;
    private readonly double[] _productOfBeta2;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on. <see cref="Optimizer.Groups"/> has those of one dimension apart.</param>
    /// <param name="beta2">The second moment's coefficient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root; above 0.</param>
    /// <param name="biasCorrection">Whether the moments are divided by the sum of their weights.</param>
    public Lamb(IReadOnlyList<ParameterGroup> groups, double beta2 = 0.999, double epsilon = 1e-6, bool biasCorrection = true)
        : base(GroupsByDimensions.Split(groups))
    {
        (_beta2, _epsilon, _biasCorrection) = (beta2, epsilon, biasCorrection);
        (_mean, _square, _step) = (StateOfZeros(), StateOfZeros(), RoomForEach());
        (_productOfBeta1, _productOfBeta2) = (StateOfNumbers(1), StateOfNumbers(1));
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var beta1 = hyperParameters.Momentum;
        _productOfBeta1[group] *= beta1;
        _productOfBeta2[group] *= _beta2;
        var (first, second) = _biasCorrection ? (1 - _productOfBeta1[group], 1 - _productOfBeta2[group]) : (1, 1);
        var step = _step[group];
        var rule = new Rule(new Moments(beta1, _beta2, Math.Sqrt(second), _epsilon), first);
        ElementwiseUpdate.Run(rule, step, gradients, _mean[group], _square[group]);
        if (GroupsByDimensions.HoldsWeights(Groups[group]))
        {
            TrustRatio.Multiply(step, parameters, new LengthRatio(hyperParameters.WeightDecay));
        }

        ElementwiseUpdate.Run(new Descent(hyperParameters.LearningRate), parameters, step);
    }

    /// <summary>Writes the step in place of a weight.</summary>
    private readonly record struct Rule(Moments Moments, double Correction) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            Moments.Follow(x.Gradient, x.First, x.Second, x.Room);
            x.Weight.Set(x.First, 1 / Correction);
            x.Weight.Divide(x.Room);
        }
    }

    /// <summary>A step is as long as its weight.</summary>
    private readonly record struct LengthRatio(double Decay) : ITrustRatio
    {
        public bool MeasuresDecay => true;

        public double Of(double weight, double step) => weight / step;

        public Tensor Of(Tensor weight, Tensor step) => weight.div(step);
    }
}
