namespace Rubato.Torch.Optimizers.Updates;

/// <summary>
/// What one update does to the numbers of a parameter, each by itself: the formula of an optimizer, written once for memory and for
/// devices.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>Updates.</summary>
    /// <typeparam name="TVector">What the numbers lie in.</typeparam>
    /// <param name="x">The parameter, its gradient, and what the optimizer remembers of it.</param>
    void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct;
}

/// <summary>What a rule works on.</summary>
/// <typeparam name="TVector">What the numbers lie in.</typeparam>
internal readonly ref struct Operands<TVector>
    where TVector : struct, IVector<TVector>, allows ref struct
{
    /// <summary>The parameter.</summary>
    internal required TVector Weight { get; init; }

    /// <summary>Its gradient, which may be overwritten.</summary>
    internal required TVector Gradient { get; init; }

    /// <summary>The first thing that is remembered; not to be used where there is none.</summary>
    internal required TVector First { get; init; }

    /// <summary>The second thing that is remembered; not to be used where there is none.</summary>
    internal required TVector Second { get; init; }

    /// <summary>Room for an intermediate result, of undefined content.</summary>
    internal required TVector Room { get; init; }

    /// <summary>Room for another intermediate result, of undefined content.</summary>
    internal required TVector OtherRoom { get; init; }
}
