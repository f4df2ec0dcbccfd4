using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// One update of SGD with the rate outside of the buffer: <c>g = gradient + decay w; v = m v + g; w -= rate v</c>, or with Nesterov
/// momentum <c>w -= rate (g + m v)</c>; without a buffer <c>w -= rate g</c>.
/// </summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Momentum">m.</param>
/// <param name="Decay">The weight decay.</param>
/// <param name="IsNesterov">Whether the momentum is Nesterov's.</param>
/// <param name="HasBuffer">Whether there is a buffer.</param>
internal readonly record struct HeavyBall(double Rate, double Momentum, double Decay, bool IsNesterov, bool HasBuffer) : IUpdateRule
{
    /// <summary>Updates parameters and buffers.</summary>
    /// <param name="parameters">w.</param>
    /// <param name="gradients">The gradients.</param>
    /// <param name="velocity">v; null for none.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="momentum">m.</param>
    /// <param name="decay">The weight decay.</param>
    /// <param name="isNesterov">Whether the momentum is Nesterov's.</param>
    internal static void Update(
        TensorList parameters,
        TensorList gradients,
        TensorList? velocity,
        double rate,
        double momentum,
        double decay,
        bool isNesterov = false) =>
        ElementwiseUpdate.Run(new HeavyBall(rate, momentum, decay, isNesterov, velocity is not null), parameters, gradients, velocity);

    /// <inheritdoc/>
    public void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct
    {
        // Written to the room, which stays in the cache; a changed gradient would have to go back to memory.
        var gradient = x.Gradient;
        if (Decay != 0)
        {
            x.Room.SetSum(gradient, x.Weight, Decay);
            gradient = x.Room;
        }

        if (!HasBuffer)
        {
            x.Weight.Add(gradient, -Rate);
            return;
        }

        x.First.Decay(Momentum, gradient);
        if (IsNesterov)
        {
            x.OtherRoom.SetSum(gradient, x.First, Momentum);
            x.Weight.Add(x.OtherRoom, -Rate);
        }
        else
        {
            x.Weight.Add(x.First, -Rate);
        }
    }
}
