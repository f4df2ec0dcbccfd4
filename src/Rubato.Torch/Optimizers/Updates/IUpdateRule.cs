namespace Rubato.Torch.Optimizers.Updates;

/// <summary>
/// The formula of an optimizer for one number of a parameter, written once for memory and for devices.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>Makes one update in place, of the parameter and of the optimizer's state.</summary>
    /// <typeparam name="TVector">The type that holds the numbers.</typeparam>
    /// <param name="x">The parameter, its gradient, and the optimizer's state for it.</param>
    void Apply<TVector>(scoped in Operands<TVector> x)
        where TVector : struct, IVector<TVector>, allows ref struct;
}

/// <summary>The operands of a rule.</summary>
/// <typeparam name="TVector">The type that holds the numbers.</typeparam>
internal readonly ref struct Operands<TVector>
    where TVector : struct, IVector<TVector>, allows ref struct
{
    /// <summary>The parameter.</summary>
    internal required TVector Weight { get; init; }

    /// <summary>Its gradient, which may be overwritten.</summary>
    internal required TVector Gradient { get; init; }

    /// <summary>The optimizer's first state; not to be used if it has none.</summary>
    internal required TVector First { get; init; }

    /// <summary>The optimizer's second state; not to be used if it has none.</summary>
    internal required TVector Second { get; init; }

    /// <summary>Room for an intermediate result, of undefined content.</summary>
    internal required TVector Room { get; init; }

    /// <summary>Room for another intermediate result, of undefined content.</summary>
    internal required TVector OtherRoom { get; init; }
}
