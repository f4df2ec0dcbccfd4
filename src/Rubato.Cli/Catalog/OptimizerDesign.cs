using Rubato.Torch.Optimizers;

namespace Rubato.Cli.Catalog;

/// <summary>An optimizer whose options were read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Create">Makes it for groups, which it then owns.</param>
/// <remarks>Immutable.</remarks>
internal sealed record OptimizerDesign(OptimizerKind Kind, Func<IReadOnlyList<ParameterGroup>, Optimizer> Create)
{
    /// <summary>Whether its weight decay can be written as a growing rate with the same momentum.</summary>
    public bool HasExponentialForm { get; init; }
}
