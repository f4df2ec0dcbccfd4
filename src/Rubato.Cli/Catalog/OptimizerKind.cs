using Rubato.Language;
using Rubato.Torch.Optimizers;

namespace Rubato.Cli.Catalog;

/// <summary>An optimizer by name.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record OptimizerKind
{
    internal OptimizerKind(
        string name,
        string summary,
        double usualRate,
        double? usualMomentum,
        double? usualWeightDecay,
        Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> read)
    {
        (Name, Summary, Read) = (name, summary, read);
        (UsualRate, UsualMomentum, UsualWeightDecay) = (usualRate, usualMomentum, usualWeightDecay);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>One line on what it is, with its options.</summary>
    public string Summary { get; }

    /// <summary>The usual peak rate.</summary>
    public double UsualRate { get; }

    /// <summary>The usual momentum or beta1; null if it has none.</summary>
    public double? UsualMomentum { get; }

    /// <summary>The usual weight decay; null takes the network's.</summary>
    public double? UsualWeightDecay { get; }

    /// <summary>Reads the options; the result makes the optimizer for groups, which it then owns.</summary>
    internal Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> Read { get; }
}
