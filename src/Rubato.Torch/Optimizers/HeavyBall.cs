using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// One update of SGD with the rate outside of the buffer: <c>g = gradient + decay w; v = m v + g; w -= rate v</c>, or with Nesterov momentum
/// <c>w -= rate (g + m v)</c>; without a buffer <c>w -= rate g</c>.
/// </summary>
internal static class HeavyBall
{
    /// <summary>Updates parameters and buffers.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="gradients">The gradients, which may be overwritten.</param>
    /// <param name="velocity">v; null for none.</param>
    /// <param name="rule">Its numbers.</param>
    internal static void Update(TensorList parameters, TensorList gradients, TensorList? velocity, in Rule rule)
    {
        if (FusedSgd.TryUpdate(parameters, gradients, velocity, new((float)rule.Rate, (float)rule.Momentum, (float)rule.Decay, rule.Nesterov)))
        {
            return;
        }

        Optimizer.AddDecay(parameters, gradients, rule.Decay);
        if (velocity is null)
        {
            Foreach.Add(parameters, gradients, -rule.Rate);
            return;
        }

        Foreach.Multiply(velocity, rule.Momentum);
        Foreach.Add(velocity, gradients);
        if (rule.Nesterov)
        {
            Foreach.Add(gradients, velocity, rule.Momentum);
            Foreach.Add(parameters, gradients, -rule.Rate);
        }
        else
        {
            Foreach.Add(parameters, velocity, -rule.Rate);
        }
    }

    /// <summary>The numbers of one update.</summary>
    internal readonly record struct Rule(double Rate, double Momentum, double Decay, bool Nesterov = false);
}
