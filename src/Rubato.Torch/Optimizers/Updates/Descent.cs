namespace Rubato.Torch.Optimizers.Updates;

/// <summary><c>w -= rate g</c>.</summary>
/// <param name="Rate">The rate.</param>
internal readonly record struct Descent(double Rate) : IUpdateRule
{
    public void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct => x.Weight.Add(x.Gradient, -Rate);
}

/// <summary><c>w *= factor</c>.</summary>
/// <param name="Factor">The factor.</param>
internal readonly record struct Scaling(double Factor) : IUpdateRule
{
    public void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct => x.Weight.Multiply(Factor);
}
