using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// SGDP (Heo et al. 2021, arXiv 2006.08217, algorithm 1): <see cref="Sgd"/> whose step loses its part along weights that seem
/// scale-invariant. <c>b = m b + (1 - dampening) g; u = b</c>, with Nesterov momentum <c>u = g + m b</c>; u is projected as in
/// <see cref="AdamP"/>; <c>w *= 1 - rate decay r / (1 - m); w -= rate u</c>, where r is wd-ratio if u was projected and 1 if not.
/// </summary>
/// <remarks>
/// The decay acts on the weights directly, not through the buffer. Divided by <c>1 - m</c>, as in the authors' code, it is as strong as
/// SGD's decay, so the usual rate and decay are those of SGD. m is the plan's momentum and may change; b starts at 0. delta, wd-ratio and
/// eps are the authors' defaults.
/// </remarks>
public sealed class Sgdp : Optimizer
{
    private readonly bool _nesterov;
    private readonly double _dampening;
    private readonly RadialProjection _projection;
    private readonly TensorList[] _velocity;
    private readonly TensorList[] _step;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on. <see cref="Optimizer.Groups"/> has those of one dimension apart.</param>
    /// <param name="nesterov">Whether the momentum is Nesterov's.</param>
    /// <param name="dampening">The share of each gradient that is kept out of the buffer, in [0, 1).</param>
    /// <param name="epsilon">Added to norms; above 0.</param>
    /// <param name="delta">The bound on the cosine, before division by sqrt(n); at least 0. With 0 nothing is projected.</param>
    /// <param name="decayRatio">The factor on the decay of weights that are projected, in [0, 1].</param>
    public Sgdp(
        IReadOnlyList<ParameterGroup> groups,
        bool nesterov = false,
        double dampening = 0,
        double epsilon = 1e-8,
        double delta = 0.1,
        double decayRatio = 0.1)
        : base(GroupsByDimensions.Split(groups))
    {
        (_nesterov, _dampening) = (nesterov, dampening);
        _projection = new RadialProjection(delta, decayRatio, epsilon);
        (_velocity, _step) = (StateOfZeros(), RoomForEach());
    }

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var (rate, momentum, decay) = (hyperParameters.LearningRate, hyperParameters.Momentum, hyperParameters.WeightDecay);
        var step = _step[group];
        ElementwiseUpdate.Run(new Rule(_nesterov, momentum, _dampening), step, gradients, _velocity[group]);
        _projection.Apply(Groups[group], gradients, step, rate * decay / (1 - momentum));
        ElementwiseUpdate.Run(new Descent(rate), parameters, step);
    }

    /// <summary>Writes the step in place of a weight.</summary>
    private readonly record struct Rule(bool IsNesterov, double Momentum, double Dampening) : IUpdateRule
    {
        public void Apply<TVector>(scoped in Operands<TVector> x)
            where TVector : struct, IVector<TVector>, allows ref struct
        {
            var step = x.Weight;
            var velocity = x.First;
            velocity.Multiply(Momentum);
            velocity.Add(x.Gradient, 1 - Dampening);
            step.Set(velocity, IsNesterov ? Momentum : 1);
            if (IsNesterov)
            {
                step.Add(x.Gradient);
            }
        }
    }
}
