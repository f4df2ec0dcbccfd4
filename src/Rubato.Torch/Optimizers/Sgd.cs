using Rubato.Rewrites;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Stochastic gradient descent: <c>g = gradient + decay w; v = m v + g; w -= rate v</c>, with Nesterov momentum
/// <c>w -= rate (g + m v)</c>. With m = 0 there is no buffer.
/// </summary>
/// <remarks>
/// PyTorch's convention, in which a change of the rate acts at once. Caffe, Sutskever et al. 2013 and Polyak 1964 put the rate into the
/// buffer instead. v starts at 0. If the momentum changes from m to m', v may be rescaled by <see cref="MomentumLag.BufferFactor"/> before
/// the update, as if the momentum had always been m'. Then there is a buffer with m = 0, too.
/// </remarks>
public sealed class Sgd : Optimizer
{
    private readonly bool _nesterov;
    private readonly double[]? _momenta;
    private TensorList[]? _velocity;

    /// <summary>An optimizer.</summary>
    /// <param name="groups">The parameters; owned from here on.</param>
    /// <param name="nesterov">Whether the momentum is Nesterov's.</param>
    /// <param name="rescalesBuffer">Whether a change of the momentum rescales the buffer; otherwise it stays as it is.</param>
    public Sgd(IReadOnlyList<ParameterGroup> groups, bool nesterov, bool rescalesBuffer = false)
        : base(groups)
    {
        _nesterov = nesterov;

        // The first value does not matter, since it rescales a buffer of zeros.
        _momenta = rescalesBuffer ? StateOfNumbers(0) : null;
    }

    /// <inheritdoc/>
    internal override void MakeAllState() => _velocity ??= StateOfZeros();

    /// <inheritdoc/>
    private protected override void Update(int group, TensorList parameters, TensorList gradients, in HyperParameters hyperParameters)
    {
        var (rate, momentum, decay) = (hyperParameters.LearningRate, hyperParameters.Momentum, hyperParameters.WeightDecay);
        // Once there is a buffer it is kept up even through updates with momentum 0, so that a momentum schedule that comes back finds it
        // right.
        var velocity = momentum == 0 && _velocity is null && _momenta is null ? null : (_velocity ??= StateOfZeros())[group];
        if (velocity is not null && _momenta is not null && _momenta[group] != momentum)
        {
            ElementwiseUpdate.Run(new Scaling(MomentumLag.BufferFactor(_momenta[group], momentum)), velocity, velocity);
            _momenta[group] = momentum;
        }

        HeavyBall.Update(parameters, gradients, velocity, rate, momentum, decay, _nesterov);
    }
}
