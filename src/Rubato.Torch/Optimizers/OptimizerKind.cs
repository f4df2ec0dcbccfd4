using Rubato.Language;

namespace Rubato.Torch.Optimizers;

/// <summary>An optimizer by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One line on what it is, with its options.</param>
/// <param name="UsualRate">The usual peak rate.</param>
/// <param name="UsualMomentum">The usual momentum or beta1; null where it has none.</param>
/// <param name="UsualWeightDecay">The usual weight decay; null takes the network's.</param>
/// <param name="Read">Reads the options; the result makes the optimizer for groups, which it then owns.</param>
/// <remarks>Immutable.</remarks>
public sealed record OptimizerKind(
    string Name,
    string Summary,
    double UsualRate,
    double? UsualMomentum,
    double? UsualWeightDecay,
    Func<CallExpression, Func<IReadOnlyList<ParameterGroup>, Optimizer>> Read);
