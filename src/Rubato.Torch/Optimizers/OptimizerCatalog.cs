using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato.Torch.Optimizers;

/// <summary>All optimizers by name. A new one is a file beside this and a line here.</summary>
public static class OptimizerCatalog
{
    /// <summary>The kinds, in the order of help.</summary>
    public static ImmutableArray<OptimizerKind> Kinds { get; } =
        [Sgd.Usual, Sgd.Nesterov, Adam.Coupled, Adam.Decoupled, RmsProp.Kind, Adagrad.Kind, Adadelta.Kind, AdamP.Kind, Sgdp.Kind, Lamb.Kind, Lars.Kind];

    /// <summary>Reads an optimizer's text.</summary>
    /// <param name="text">Its name with options, e.g. <c>adam(beta2 0.99)</c>.</param>
    /// <returns>What it is, and what makes it for groups.</returns>
    /// <exception cref="InvalidInputException">The text names no optimizer, or an option is wrong.</exception>
    public static (OptimizerKind Kind, Func<IReadOnlyList<ParameterGroup>, Optimizer> Create) Parse(string text)
    {
        var expression = CallExpression.Parse(text, "--optimizer");
        var kind = Kinds.FirstOrDefault(candidate => candidate.Name == expression.Name)
            ?? throw new InvalidInputException(
                $"--optimizer {expression.Name} is unknown; there are {string.Join(", ", Kinds.Select(candidate => candidate.Name))}."
                + Suggestion.For(expression.Name, [.. Kinds.Select(candidate => candidate.Name)]));
        return (kind, kind.Read(expression));
    }
}
