using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// AdamP (Heo et al. 2021, arXiv 2006.08217, algorithm 2): <see cref="Adam"/> whose step loses its part along weights that seem
/// scale-invariant. <c>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; u = m / (sqrt(v) / sqrt(1 - b2^t) + eps)</c>, with Nesterov momentum
/// <c>b1 m + (1 - b1) g</c> in place of m; u is projected; <c>w *= 1 - rate decay r; w -= rate / (1 - prod b1) u</c>, where r is wd-ratio
/// if u was projected and 1 if not.
/// </summary>
/// <remarks>
/// <para>
/// The projection sees a tensor as rows of n numbers: first a row for each output channel (the first dimension), then the whole tensor as
/// one row. In the first view in which every <c>|cos(g, w)| &lt; delta / sqrt(n)</c>, <c>u -= w' (w' . u), w' = w / (|w| + eps)</c>.
/// There g is the raw gradient. Tensors of one dimension are never projected and decay fully.
/// </para>
/// <para>
/// beta1 is the plan's momentum and may change, as in <see cref="Adam"/>. Formulas and defaults are those of the authors' code. It has no
/// decay by default, but 0.01 in its example, which is the usual decay here.
/// </para>
/// </remarks>
public sealed class AdamP : Optimizer
{
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly bool _nesterov;
    private readonly RadialProjection _projection;
    private readonly TensorList[] _mean;
    private readonly TensorList[] _square;
    private readonly TensorList[] _step;
    private readonly double[] _productOfBeta1;
    private readonly double[] _productOfBeta2;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on. <see cref="Optimizer.Groups"/> has those of one dimension apart.</param>
    /// <param name="beta2">The second moment's coefficient, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, and to norms; above 0.</param>
    /// <param name="delta">The bound on the cosine, before division by sqrt(n); at least 0. With 0 nothing is projected.</param>
    /// <param name="decayRatio">The factor on the decay of weights that are projected, in [0, 1].</param>
    /// <param name="nesterov">Whether the momentum is Nesterov's.</param>
    public AdamP(
        IReadOnlyList<ParameterGroup> groups,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double delta = 0.1,
        double decayRatio = 0.1,
        bool nesterov = false)
        : base(GroupsByDimensions.Split(groups))
    {
        (_beta2, _epsilon, _nesterov) = (beta2, epsilon, nesterov);
        _projection = new RadialProjection(delta, decayRatio, epsilon);
        (_mean, _square, _step) = (StateOfZeros(), StateOfZeros(), RoomForEach());
        (_productOfBeta1, _productOfBeta2) = (StateOfNumbers(1), StateOfNumbers(1));
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var (rate, beta1, decay) = (hyperParameters.LearningRate, hyperParameters.Momentum, hyperParameters.WeightDecay);
        _productOfBeta1[group] *= beta1;
        _productOfBeta2[group] *= _beta2;
        var rule = new Rule(_nesterov, new Moments(beta1, _beta2, Math.Sqrt(1 - _productOfBeta2[group]), _epsilon));
        var step = _step[group];
        ElementwiseUpdate.Run(rule, step, gradients, _mean[group], _square[group]);
        _projection.Apply(Groups[group], gradients, step, rate * decay);
        ElementwiseUpdate.Run(new Descent(rate / (1 - _productOfBeta1[group])), parameters, step);
    }

    /// <summary>Writes the step in place of a weight.</summary>
    private readonly record struct Rule(bool IsNesterov, Moments Moments) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            var step = x.Weight;
            Moments.Follow(x.Gradient, x.First, x.Second, x.Room);
            step.Set(x.First, IsNesterov ? Moments.Beta1 : 1);
            if (IsNesterov)
            {
                step.Add(x.Gradient, 1 - Moments.Beta1);
            }

            step.Divide(x.Room);
        }
    }
}
