using Rubato.Plans;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// LARS (You, Gitman, Ginsburg 2017, arXiv 1708.03888, algorithm 1): momentum SGD with a rate of its own for each tensor.
/// <c>local = trust |w| / (|g| + decay |w|); v = m v + rate local (g + decay w); w -= v</c>; local is 1 where either norm is 0.
/// </summary>
/// <remarks>
/// What was chosen where sources differ. The rate stands inside the buffer, as in the paper, unlike in <see cref="Sgd"/>: a change of the
/// rate acts on the gradients to come, and what is in the buffer keeps the rate that it came with. Local is a factor, as in the paper, and
/// no upper bound (LARC's clipping). Tensors of one dimension (biases, normalization) take no decay and the local rate 1, as became usual
/// after the paper, so that they see the plan's rate itself. trust 0.001 and momentum 0.9 are the paper's. The paper's rates go with
/// batches of thousands; the usual rate here, 2, is chosen for batches of hundreds: higher ones drive the biases of networks without
/// normalization too far. The decay, 5e-4, is what a network takes where it says nothing else.
/// </remarks>
public sealed class Lars : Optimizer
{
    private readonly double _trust;
    private readonly TensorList[] _velocity;
    private readonly TensorList[] _room;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on. <see cref="Optimizer.Groups"/> has those of one dimension apart.</param>
    /// <param name="trust">The trust coefficient, the paper's eta; above 0.</param>
    public Lars(IReadOnlyList<ParameterGroup> groups, double trust = 0.001)
        : base(GroupsByDimensions.Split(groups))
    {
        _trust = trust;
        (_velocity, _room) = (StateOfZeros(), RoomForEach());
    }

    internal static OptimizerKind Kind { get; } = new(
        "lars",
        "LARS: momentum SGD with rates in proportion to each tensor's norm; option trust",
        UsualRate: 2,
        UsualMomentum: 0.9,
        UsualWeightDecay: 5e-4,
        options =>
        {
            var trust = options.TakeNumber("trust", 0.001, value => value > 0, "above 0");
            options.Finish();
            return groups => new Lars(groups, trust);
        });

    /// <inheritdoc/>
    protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        if (GroupsByDimensions.HoldsWeights(Groups[group]))
        {
            Adapt(parameters, gradients, hyperParameters.WeightDecay, _room[group]);
        }

        var velocity = _velocity[group];
        Foreach.Multiply(velocity, hyperParameters.Momentum);
        Foreach.Add(velocity, gradients, hyperParameters.LearningRate);
        Foreach.Add(parameters, velocity, -1);
    }

    private void Adapt(TensorList parameters, TensorList gradients, double decay, TensorList room)
    {
        using var scope = TensorScope.Begin();
        var weights = TrustRatio.Norms(parameters, room);
        var slopes = TrustRatio.Norms(gradients, room);
        var ratios = Ops.Divide(Ops.Multiply(weights, _trust), Ops.Add(slopes, weights, decay));
        AddDecay(parameters, gradients, decay);
        TrustRatio.Multiply(gradients, ratios, weights, slopes, room);
    }
}
