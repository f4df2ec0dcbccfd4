using Rubato.Language;

namespace Rubato.Cli.Catalog;

/// <summary>An optimizer by name.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record OptimizerKind
{
    private readonly Func<OptimizerKind, CallExpression, OptimizerDesign> _read;

    internal OptimizerKind(
        string name,
        string summary,
        double usualRate,
        double? usualMomentum,
        double? usualWeightDecay,
        Func<OptimizerKind, CallExpression, OptimizerDesign> read)
    {
        (Name, Summary, _read) = (name, summary, read);
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

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidInputException">One of them is wrong.</exception>
    internal OptimizerDesign Read(CallExpression options) => _read(this, options);
}
