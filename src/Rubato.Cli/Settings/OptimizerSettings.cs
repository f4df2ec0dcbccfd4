using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;

namespace Rubato.Cli.Settings;

/// <summary>The optimizer that settings name, and the values it usually takes.</summary>
internal sealed record OptimizerSettings(OptimizerKind Kind, Func<IReadOnlyList<ParameterGroup>, Optimizer> Create)
{
    /// <exception cref="InvalidInputException">The text names no optimizer, or a momentum is given to one that has none.</exception>
    internal static OptimizerSettings From(TrainSettings settings)
    {
        var (kind, create) = OptimizerCatalog.Parse(settings.Optimizer);
        return settings.Momentum is not null && kind.UsualMomentum is null
            ? throw new InvalidInputException(new Finding(
                "momentum", settings.Momentum, $"but --optimizer {kind.Name} has none", "leave --momentum out"))
            : new OptimizerSettings(kind, create);
    }

    /// <summary>Whether updates grow with the gradient; for these networks have a rate and a weight decay of their own.</summary>
    internal bool IsSgd => Kind.UsualWeightDecay is null;

    internal double UsualRate(NetworkDesign design) =>
        IsSgd ? design.UsualSgdRate ?? Kind.UsualRate : Kind.UsualRate;

    internal double UsualWeightDecay(NetworkDesign design) => Kind.UsualWeightDecay ?? design.UsualWeightDecay;
}
