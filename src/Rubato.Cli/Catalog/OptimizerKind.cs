using Rubato.Language;
using Rubato.Torch;

namespace Rubato.Cli.Catalog;

/// <summary>An optimizer by name.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record OptimizerKind
{
    private readonly Func<OptimizerKind, CallExpression, OptimizerDesign> _read;

    internal OptimizerKind(OptimizerChoice choice, string summary, Func<OptimizerKind, CallExpression, OptimizerDesign> read) =>
        (Choice, Summary, _read) = (choice, summary, read);

    /// <summary>The optimizer with its usual options.</summary>
    public OptimizerChoice Choice { get; }

    /// <summary>Its name.</summary>
    public string Name => Choice.Name;

    /// <summary>One line on what it is, with its options.</summary>
    public string Summary { get; }

    /// <summary>The usual peak rate.</summary>
    public double UsualRate => Choice.UsualRate;

    /// <summary>The usual momentum or beta1; null if it has none.</summary>
    public double? UsualMomentum => Choice.UsualMomentum;

    /// <summary>The usual weight decay; null takes the network's.</summary>
    public double? UsualWeightDecay => Choice.GrowsWithGradient ? null : Choice.UsualWeightDecay;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidInputException">One of them is wrong.</exception>
    internal OptimizerDesign Read(CallExpression options) => _read(this, options);
}
