using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// LARS (You, Gitman, Ginsburg 2017, arXiv 1708.03888, algorithm 1): momentum SGD with a rate of its own for each tensor.
/// <c>local = trust |w| / (|g| + decay |w|); v = m v + rate local (g + decay w); w -= v</c>; local is 1 if either norm is 0.
/// </summary>
/// <remarks>
/// <para>
/// Choices among sources that differ. The rate stands inside the buffer, as in the paper, unlike in <see cref="Sgd"/>: a change of the rate
/// acts only on gradients to come. Local is a factor, as in the paper, and no upper bound (LARC's clipping). Tensors of one dimension
/// (biases, normalization) take no decay and the local rate 1, as became usual after the paper.
/// </para>
/// <para>
/// trust 0.001 and momentum 0.9 are the paper's. The paper's rates go with batches of thousands. The usual rate here, 2, is for batches of
/// hundreds; chosen, not fitted: higher ones drive the biases of networks without normalization too far. The usual decay is 5e-4 for
/// networks without a decay of their own.
/// </para>
/// </remarks>
public sealed class Lars : Optimizer
{
    private readonly double _trust;
    private readonly TensorList[] _velocity;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on. <see cref="Optimizer.Groups"/> has those of one dimension apart.</param>
    /// <param name="trust">The trust coefficient, the paper's eta; above 0.</param>
    public Lars(IReadOnlyList<ParameterGroup> groups, double trust = 0.001)
        : base(GroupsByDimensions.Split(groups))
    {
        _trust = trust;
        _velocity = StateOfZeros();
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        if (GroupsByDimensions.HoldsWeights(Groups[group]))
        {
            TrustRatio.Multiply(gradients, parameters, new LocalRate(_trust, hyperParameters.WeightDecay));
        }

        ElementwiseUpdate.Run(new Rule(hyperParameters.LearningRate, hyperParameters.Momentum), parameters, gradients, _velocity[group]);
    }

    private readonly record struct Rule(double Rate, double Momentum) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            x.First.Multiply(Momentum);
            x.First.Add(x.Gradient, Rate);
            x.Weight.Add(x.First, -1);
        }
    }

    /// <summary>The gradient of a weight is measured before it decays.</summary>
    private readonly record struct LocalRate(double Trust, double Decay) : ITrustRatio
    {
        public bool MeasuresDecay => false;

        public double Of(double weight, double step) => Trust * weight / (step + (Decay * weight));

        public Tensor Of(Tensor weight, Tensor step) => weight.Times(Trust).div_(step.Plus(weight, Decay));
    }
}
