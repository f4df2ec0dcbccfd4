namespace Rubato.Torch.Optimizers.Updates;

/// <summary><c>w = min(max(w, -limit), limit)</c>.</summary>
/// <param name="Limit">The limit; above 0.</param>
internal readonly record struct Clamping(double Limit) : IUpdateRule
{
    public void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct => x.Weight.Clamp(Limit);
}
